-- Records a publication. The clock is read now and not at the transaction's start, so that times follow the numbers.
-- $1 bigint: number; $2 text: cause; $3, $4, $5 bigint: rows added, changed, ended. Columns: none. Index: none.
insert into meibo.publication (number, published_at, cause, added, changed, ended)
values ($1::bigint, clock_timestamp(), $2::text, $3::bigint, $4::bigint, $5::bigint);

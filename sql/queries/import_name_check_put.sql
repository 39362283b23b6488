-- Keeps the keyed digest of every name in the register file, shown or withheld.
-- Columns: none. Index: name_check_pkey.
insert into meibo.name_check as kept (number, digest)
select f.number, f.digest
from pg_temp.import_file f
left join meibo.name_check c on c.number = f.number
where f.digest is not null and c.digest is distinct from f.digest
on conflict (number) do update set digest = excluded.digest;

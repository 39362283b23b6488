-- Adds an operator; no row affected: the code exists.
-- $1 text code, $2 text name, $3 text name_en (null: none), $4 text domain (null: none), $5 bigint publication
-- index: operator_current
insert into meibo.operator (code, name, name_en, domain, began)
values ($1::text, $2::text, $3::text, $4::text, $5::bigint)
on conflict (code) where ended is null do nothing

-- What the register file changes: one row for each number that is new, different or gone.
-- Columns: none (makes pg_temp.import_difference: number, line of the file or null, change).
-- Index: none, one hash join.
create temporary table pg_temp.import_difference on commit drop as
select coalesce(f.number, r.number) as number,
       f.line,
       case when r.number is null then 'added' when f.number is null then 'ended' else 'changed' end as change
from pg_temp.import_file f
full join (select * from meibo.registrant where ended is null) r on r.number = f.number
where r.number is null
   or f.number is null
   or row (f.status, f.status_on, f.suspended_until, f.registered_on, f.renewed_on, f.renewal_count, f.expires_on,
           f.exam_passed, f.name, f.kana, f.other_name, f.birth_month, f.exam_certificate, f.home, f.employer,
           f.employer_place, f.email, f.phone, f.url, f.specialties, f.skills, f.qualifications, f.statement)
      is distinct from
      row (r.status, r.status_on, r.suspended_until, r.registered_on, r.renewed_on, r.renewal_count, r.expires_on,
           r.exam_passed, r.name, r.kana, r.other_name, r.birth_month, r.exam_certificate, r.home, r.employer,
           r.employer_place, r.email, r.phone, r.url, r.specialties, r.skills, r.qualifications, r.statement);

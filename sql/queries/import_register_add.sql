-- Writes the versions that the register file begins.
-- $1 bigint: the publication being made. Columns: none. Index: none, one hash join.
insert into meibo.registrant (
    number, status, status_on, suspended_until, registered_on, renewed_on, renewal_count, expires_on,
    exam_passed, name, kana, other_name, birth_month, exam_certificate, home, employer, employer_place,
    email, phone, url, specialties, skills, qualifications, statement, began
)
select f.number, f.status, f.status_on, f.suspended_until, f.registered_on, f.renewed_on, f.renewal_count,
       f.expires_on, f.exam_passed, f.name, f.kana, f.other_name, f.birth_month, f.exam_certificate, f.home,
       f.employer, f.employer_place, f.email, f.phone, f.url, f.specialties, f.skills, f.qualifications, f.statement,
       $1::bigint
from pg_temp.import_file f
join pg_temp.import_difference d on d.line = f.line;

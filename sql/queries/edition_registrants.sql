-- Every number ever issued, as it is or last was, by ascending number, for an edition.
-- Columns: as in the table, without began and ended; last, when the number was taken out of the register file
-- (null: it is in it).
-- Index: registrant_current.
copy (
    select number, status, status_on, suspended_until, registered_on, renewed_on, renewal_count, expires_on, exam_passed,
           name, kana, other_name, birth_month, exam_certificate, home, employer, employer_place,
           email, phone, url, specialties, skills, qualifications, statement, null::timestamptz as taken_out_at
      from meibo.registrant
     where ended is null
    union all
    (select distinct on (r.number)
            r.number, r.status, r.status_on, r.suspended_until, r.registered_on, r.renewed_on, r.renewal_count,
            r.expires_on, r.exam_passed, r.name, r.kana, r.other_name, r.birth_month, r.exam_certificate, r.home,
            r.employer, r.employer_place, r.email, r.phone, r.url, r.specialties, r.skills, r.qualifications, r.statement,
            p.published_at
       from meibo.registrant as r
       join meibo.publication as p on p.number = r.ended
      where not exists (select from meibo.registrant as c where c.number = r.number and c.ended is null)
      order by r.number, r.ended desc)
    order by number
) to stdout (format binary)

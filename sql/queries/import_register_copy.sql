-- Takes the register file's rows.
-- Columns: as listed, in this order. Index: none.
copy pg_temp.import_file (
    line, number, status, status_on, suspended_until, registered_on, renewed_on, renewal_count, expires_on,
    exam_passed, name, kana, other_name, birth_month, exam_certificate, home, employer, employer_place,
    email, phone, url, specialties, skills, qualifications, statement, digest
) from stdin;

-- Every course as it is or last was, for an edition: completions of courses that ended are still shown.
-- Columns: code, kind, name, name_en, operator, valid_from, valid_to, tenth_hours, fee_yen, current (1 or 0).
copy (
    select distinct on (code)
           code, kind, name, name_en, operator, valid_from, valid_to, tenth_hours, fee_yen,
           case when ended is null then 1 else 0 end
      from meibo.course
     order by code, ended desc nulls first
) to stdout (format binary)

-- Every current operator, for an edition.
-- Columns: code, name, name_en, domain.
copy (
    select code, name, name_en, domain
      from meibo.operator
     where ended is null
) to stdout (format binary)

-- When each publication was, for an edition: completions name theirs by number, and a join would cost every one of them.
-- Columns: number, published_at.
copy (
    select number, published_at
      from meibo.publication
     order by number
) to stdout (format binary)

-- Every current completion by ascending number, newest first, then course, for an edition.
-- Columns: number, course, completed_on, reported_at (null: by the administrator's file), and the publication since which
-- it is shown.
-- Index: completion_current has this order.
copy (
    select number, course, completed_on, reported_at, began
      from meibo.completion
     where ended is null
     order by number, completed_on desc, course
) to stdout (format binary)

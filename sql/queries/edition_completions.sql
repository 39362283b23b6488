-- Every current completion by ascending number, newest first, then course, for an edition.
-- Columns: number, course, completed_on, reported_at (null: by the administrator's file), reflected_at.
-- Index: completion_current has this order.
copy (
    select c.number, c.course, c.completed_on, c.reported_at, p.published_at
      from meibo.completion as c
      join meibo.publication as p on p.number = c.began
     where c.ended is null
     order by c.number, c.completed_on desc, c.course
) to stdout (format binary)

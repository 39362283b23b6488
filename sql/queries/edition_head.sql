-- The publication that is current; 0 before the first one.
-- Columns: number bigint, published_at in microseconds since 1970.
select h.number, (extract(epoch from coalesce(p.published_at, h.made_at)) * 1000000)::bigint
  from meibo.publication_head as h
  left join meibo.publication as p on p.number = h.number

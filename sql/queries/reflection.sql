-- How the promise of one month is kept, by operator and (operator null) in all.
-- $1 date: today in Japan.
-- Columns: operator, received, reflected, pending, oldest_pending (microseconds), next_reflect_by (days since 1970),
-- median and worst delay from receipt to publication in milliseconds, late_by_operator, breaches.
-- A report is late by its operator when it was received after reflect_by; a breach is ours: received in time, public
-- after reflect_by or still not public then.
select r.operator,
       count(*),
       count(r.publication),
       count(*) - count(r.publication),
       (extract(epoch from min(r.received_at) filter (where r.publication is null)) * 1000000)::bigint,
       min(r.reflect_by) filter (where r.publication is null) - date '1970-01-01',
       (percentile_cont(0.5) within group (order by extract(epoch from p.published_at - r.received_at)) * 1000)::bigint,
       (max(extract(epoch from p.published_at - r.received_at)) * 1000)::bigint,
       count(*) filter (where (r.received_at at time zone 'Asia/Tokyo')::date > r.reflect_by),
       count(*) filter (where (r.received_at at time zone 'Asia/Tokyo')::date <= r.reflect_by
                          and coalesce((p.published_at at time zone 'Asia/Tokyo')::date, $1::date) > r.reflect_by)
  from meibo.report as r
  left join meibo.publication as p on p.number = r.publication
 group by grouping sets ((r.operator), ())
 order by r.operator nulls first

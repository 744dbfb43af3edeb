-- Pairs of identifiers that come together again, and more often than chance would have it.
SELECT x, y, CAST(row_number() OVER (ORDER BY x, y) AS BIGINT) AS pair
FROM company
WHERE n >= $pair_reports
  AND (
    greatest(dx, dy) <= $lift_from
    OR n * CAST((SELECT count(*) FROM report) AS DOUBLE PRECISION) >= $pair_lift * dx * dy
  )
  AND (weak < 2 OR n >= $weak_pair)
  AND NOT EXISTS (SELECT 1 FROM hub WHERE hub.id = company.x)
  AND NOT EXISTS (SELECT 1 FROM hub WHERE hub.id = company.y)

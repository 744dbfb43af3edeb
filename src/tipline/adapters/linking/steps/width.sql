-- How many identifiers each of two clusters had in use while the other was at work.
SELECT a, b, sum(side) AS of_a, count(*) - sum(side) AS of_b
FROM (
  SELECT candidate.a, candidate.b, 1 AS side
  FROM candidate
  JOIN extent ON extent.label = candidate.b
  JOIN used ON used.label = candidate.a AND used.since <= extent.until AND used.until >= extent.since
  UNION ALL
  SELECT candidate.a, candidate.b, 0 AS side
  FROM candidate
  JOIN extent ON extent.label = candidate.a
  JOIN used ON used.label = candidate.b AND used.since <= extent.until AND used.until >= extent.since
) AS at_work
GROUP BY a, b

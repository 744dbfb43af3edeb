-- What came of it.
SELECT CAST(sum(n) AS BIGINT) AS reports,
  (SELECT count(*) FROM degree) AS identifiers,
  CAST(sum(CASE WHEN n > 1 THEN 1 ELSE 0 END) AS BIGINT) AS clusters,
  CAST(sum(CASE WHEN n > 1 THEN n ELSE 0 END) AS BIGINT) AS clustered,
  max(n) AS largest
FROM (SELECT cluster_id, count(*) AS n FROM cluster GROUP BY cluster_id) AS counted

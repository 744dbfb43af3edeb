-- Clusters that share an identifier which may hold alone, and by how much.
SELECT a.label AS a, b.label AS b, count(*) AS shared,
  CAST(round(1000000 * sum(a.weight / (spread.clusters - 1))) AS BIGINT) AS weight
FROM spread
JOIN used AS a ON a.id = spread.id
JOIN used AS b ON b.id = spread.id AND a.label < b.label
WHERE spread.clusters BETWEEN 2 AND $clusters_most
GROUP BY a.label, b.label
HAVING min(a.weak) = 0 AND sum(a.weight / (spread.clusters - 1)) >= $join_weight

-- Clusters that share enough.
SELECT a.label AS a, b.label AS b, count(*) AS shared, sum(a.weight / (spread.clusters - 1)) AS weight
FROM spread
JOIN used AS a ON a.id = spread.id
JOIN used AS b ON b.id = spread.id AND a.label < b.label
WHERE spread.clusters BETWEEN 2 AND $clusters_most
GROUP BY a.label, b.label
HAVING count(*) >= $join_shared AND sum(a.weight / (spread.clusters - 1)) >= $join_weight

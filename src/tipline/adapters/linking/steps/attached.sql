-- Lone units and the cluster whose identifiers they name.
SELECT unit, label
FROM (
  SELECT unit, label, row_number() OVER (PARTITION BY unit ORDER BY weight DESC, label) AS place
  FROM (
    SELECT known.unit, used.label,
      CAST(round(1000000 * sum(known.weight * used.n / spread.n)) AS BIGINT) AS weight
    FROM known
    JOIN spread ON spread.id = known.id AND spread.clusters <= $clusters_most
    JOIN used ON used.id = known.id
    WHERE NOT EXISTS (SELECT 1 FROM label WHERE label.unit = known.unit)
    GROUP BY known.unit, used.label
  ) AS weighed
  WHERE weight >= 1000000 * $attach
) AS placed
WHERE place = 1

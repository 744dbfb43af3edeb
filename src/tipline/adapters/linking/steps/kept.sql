-- The rarest identifiers of each unit.
SELECT unit, id, d, weak
FROM (
  SELECT unit, id, d, weak, row_number() OVER (PARTITION BY unit ORDER BY d, id) AS place FROM known
) AS placed
WHERE place <= $rarest

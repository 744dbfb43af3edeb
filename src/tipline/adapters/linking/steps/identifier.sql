-- Identifiers that at least two rows name and that are not known to say nothing.
SELECT said.kind, said.value, CAST(row_number() OVER (ORDER BY said.kind, said.value) AS BIGINT) AS id,
  coalesce(kinds.weight, $other_weight) AS weight, coalesce(kinds.weak, $other_weak) AS weak,
  coalesce(kinds.life, $other_life) AS life
FROM (
  SELECT kind, value FROM raw WHERE kind IS NOT NULL AND value IS NOT NULL
  GROUP BY kind, value HAVING count(*) > 1 AND max(innocent) = 0
) AS said
LEFT JOIN kinds ON kinds.kind = said.kind

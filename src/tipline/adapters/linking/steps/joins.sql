-- Each cluster goes to one that is wider, the one it shares most with: a small cluster between two
-- large ones never joins them.
SELECT narrow AS a, wide AS b
FROM (
  SELECT narrow, wide,
    row_number() OVER (PARTITION BY narrow ORDER BY shared DESC, weight DESC, wide) AS place
  FROM fit
) AS placed
WHERE place = 1

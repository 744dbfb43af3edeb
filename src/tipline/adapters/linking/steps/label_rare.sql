-- With the pairs of lone units; their labels start after all others.
SELECT unit, label FROM label UNION ALL SELECT node AS unit, head + 4294967296 AS label FROM grouped

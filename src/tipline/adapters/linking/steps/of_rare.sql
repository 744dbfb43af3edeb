-- Lone units that share rare identifiers.
SELECT a.unit AS a, b.unit AS b
FROM known AS a JOIN known AS b ON b.id = a.id AND a.unit < b.unit
WHERE a.d <= $rare_reports
  AND NOT EXISTS (SELECT 1 FROM label WHERE label.unit = a.unit)
  AND NOT EXISTS (SELECT 1 FROM label WHERE label.unit = b.unit)
GROUP BY a.unit, b.unit
HAVING sum(a.weight) >= $rare_weight

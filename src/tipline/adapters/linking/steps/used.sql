-- Which cluster names which identifier: in how many units, from when to when.
SELECT known.id, label.label, count(*) AS n, min(known.day) AS since, max(known.day) AS until,
  max(known.d) AS d, max(known.weight) AS weight, max(known.weak) AS weak
FROM known JOIN label ON label.unit = known.unit
GROUP BY known.id, label.label

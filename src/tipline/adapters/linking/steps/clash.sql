-- Pairs that must be apart and are in one cluster.
SELECT one.unit AS a, two.unit AS b, label.label
FROM apart
JOIN unit AS one ON CAST(one.report_id AS VARCHAR(255)) = apart.a
JOIN unit AS two ON CAST(two.report_id AS VARCHAR(255)) = apart.b
JOIN label ON label.unit = one.unit
JOIN label AS other ON other.unit = two.unit AND other.label = label.label

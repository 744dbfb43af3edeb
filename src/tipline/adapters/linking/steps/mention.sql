-- Which unit named which identifier, first on which day.
SELECT unit.unit, identifier.id, min(raw.day) AS day
FROM raw
JOIN unit ON unit.report_id = raw.report_id
JOIN identifier ON identifier.kind = raw.kind AND identifier.value = raw.value
GROUP BY unit.unit, identifier.id

-- What the clusters that must be taken apart are made of; an identifier of 0 is a unit with none.
SELECT label.label, label.unit, coalesce(known.id, 0) AS id, coalesce(known.d, 0) AS d
FROM label
JOIN (SELECT DISTINCT label FROM clash) AS clashing ON clashing.label = label.label
LEFT JOIN known ON known.unit = label.unit

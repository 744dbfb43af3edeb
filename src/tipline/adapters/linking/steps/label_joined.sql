-- The clusters after they were united.
SELECT label.unit, coalesce(grouped.head, label.label) AS label
FROM label LEFT JOIN grouped ON grouped.node = label.label

-- Members follow the head that their head chose.
SELECT grouped.node, coalesce(step_to.head, grouped.head) AS head
FROM grouped LEFT JOIN step_to ON step_to.node = grouped.head

-- Links that are left between heads.
SELECT DISTINCT least(one.head, two.head) AS a, greatest(one.head, two.head) AS b
FROM ends
JOIN step_to AS one ON one.node = ends.a
JOIN step_to AS two ON two.node = ends.b
WHERE one.head <> two.head

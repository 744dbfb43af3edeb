-- How many clusters name an identifier, and how many of their units.
SELECT id, count(*) AS clusters, sum(n) AS n FROM used GROUP BY id

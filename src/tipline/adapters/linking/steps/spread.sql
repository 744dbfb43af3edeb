-- How many clusters name an identifier.
SELECT id, count(*) AS clusters FROM used GROUP BY id

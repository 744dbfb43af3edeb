-- How many units name an identifier; those in too many are hubs and are left out.
SELECT counted.id, counted.d, identifier.weight, identifier.weak
FROM (SELECT id, count(*) AS d FROM mention GROUP BY id) AS counted
JOIN identifier ON identifier.id = counted.id
WHERE counted.d > 1
  AND counted.d <= greatest($hub_least, $hub_share * (SELECT count(*) FROM report))

-- Each spell of an identifier: in how many units, how much it says, and whether it may hold alone.
-- What is used for longer than gangs use things, or comes back often, is shared by strangers.
SELECT counted.id, counted.spell, counted.d,
  CASE WHEN counted.lasts > identifier.life OR counted.rests >= $spells
    THEN $shared_weight * identifier.weight ELSE identifier.weight END AS weight,
  CASE WHEN counted.lasts > identifier.life OR counted.rests >= $spells
    THEN 1 ELSE identifier.weak END AS weak
FROM (
  SELECT id, spell, count(*) AS d, max(day) - min(day) AS lasts, max(rests) AS rests
  FROM spell GROUP BY id, spell
) AS counted
JOIN identifier ON identifier.id = counted.id
WHERE counted.d > 1
  AND counted.d <= greatest($hub_least, $hub_share * (SELECT count(*) FROM report))

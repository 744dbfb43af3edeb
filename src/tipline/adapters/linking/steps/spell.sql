-- An identifier that rests for long and comes back is another one: whoever used it may have changed.
SELECT unit, day, id, sum(rested) OVER (PARTITION BY id ORDER BY day, unit) AS spell,
  sum(rested) OVER (PARTITION BY id) AS rests
FROM (
  SELECT unit, day, id,
    CASE WHEN day - lag(day) OVER (PARTITION BY id ORDER BY day, unit) > $rest THEN 1 ELSE 0 END AS rested
  FROM mention
) AS rest

-- A unit joins the group that holds most of its pairs.
SELECT unit, label
FROM (
  SELECT unit, label, row_number() OVER (PARTITION BY unit ORDER BY n DESC, label) AS place
  FROM (
    SELECT named.unit, coalesce(grouped.head, named.pair) AS label, count(*) AS n
    FROM named LEFT JOIN grouped ON grouped.node = named.pair
    GROUP BY named.unit, coalesce(grouped.head, named.pair)
  ) AS counted
) AS placed
WHERE place = 1

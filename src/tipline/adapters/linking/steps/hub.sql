-- Identifiers in many units whose company seldom comes twice: they say nothing about who.
SELECT counted.id
FROM (
  SELECT id, max(d) AS d, sum(CASE WHEN n > 1 THEN n ELSE 0 END) AS twice, sum(n) AS n
  FROM (
    SELECT x AS id, dx AS d, n FROM company UNION ALL SELECT y AS id, dy AS d, n FROM company
  ) AS both_ends
  GROUP BY id
) AS counted
WHERE counted.d > $company_from AND counted.twice < $company * counted.n

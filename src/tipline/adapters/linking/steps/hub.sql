-- Identifiers in many units whose company seldom comes twice: they say nothing about who.
SELECT degree.id
FROM degree
JOIN (
  SELECT id, sum(CASE WHEN n > 1 THEN n ELSE 0 END) AS twice, sum(n) AS n
  FROM (SELECT x AS id, n FROM company UNION ALL SELECT y AS id, n FROM company) AS both_ends
  GROUP BY id
) AS counted ON counted.id = degree.id
WHERE degree.d > $company_from AND counted.twice < $company * counted.n

-- Two identifiers in the same unit, and in how many.
SELECT one.id AS x, two.id AS y, count(*) AS n, max(one.d) AS dx, max(two.d) AS dy,
  max(one.weak + two.weak) AS weak
FROM kept AS one JOIN kept AS two ON one.unit = two.unit AND one.id < two.id
GROUP BY one.id, two.id

-- Each head chooses a neighbour or itself, by an order that is new in each round.
SELECT node, least(
    min((other * 48271 + $salt) % 2147483647 * 4294967296 + other),
    (node * 48271 + $salt) % 2147483647 * 4294967296 + node
  ) % 4294967296 AS head
FROM (SELECT a AS node, b AS other FROM ends UNION ALL SELECT b AS node, a AS other FROM ends) AS both_ways
GROUP BY node

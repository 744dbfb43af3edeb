-- Links between different nodes, each once; the least first.
SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM joins WHERE a <> b

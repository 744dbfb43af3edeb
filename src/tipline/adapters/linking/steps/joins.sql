-- Clusters that are one: what they share is wide enough for the time when both were at work.
SELECT candidate.a, candidate.b
FROM candidate JOIN width ON width.a = candidate.a AND width.b = candidate.b
WHERE width.of_a > 0 AND width.of_b > 0
  AND candidate.shared >= $join_width * least(width.of_a, width.of_b)

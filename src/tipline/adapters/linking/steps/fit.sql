-- Clusters that may be one, the narrower first: what they share is wide enough for the time when
-- both were at work; where they share one identifier only, for all that the narrower one has.
SELECT
  CASE WHEN a_ids < b_ids OR (a_ids = b_ids AND a < b) THEN a ELSE b END AS narrow,
  CASE WHEN a_ids < b_ids OR (a_ids = b_ids AND a < b) THEN b ELSE a END AS wide,
  shared, weight
FROM (
  SELECT candidate.a, candidate.b, candidate.shared, candidate.weight,
    one.ids AS a_ids, two.ids AS b_ids,
    least(coalesce(width.of_a, 0), coalesce(width.of_b, 0)) AS common,
    greatest(one.since, two.since) - least(one.until, two.until) AS pause
  FROM candidate
  LEFT JOIN width ON width.a = candidate.a AND width.b = candidate.b
  JOIN extent AS one ON one.label = candidate.a
  JOIN extent AS two ON two.label = candidate.b
) AS measured
WHERE pause < $join_pause AND (
  (shared = 1 AND $join_single * least(a_ids, b_ids) <= 1)
  OR (shared > 1 AND shared >= 1 + $join_width * common)
)

-- Every report and its cluster, named for its least report.
SELECT member.report_id, head.report_id AS cluster_id
FROM (
  SELECT report_id, min(report) OVER (PARTITION BY label, part, lone) AS head
  FROM (
    SELECT unit.report_id, unit.report, coalesce(label.label, 0) AS label,
      coalesce(part.part, 0) AS part,
      CASE WHEN label.label IS NULL THEN unit.unit ELSE 0 END AS lone
    FROM unit
    LEFT JOIN label ON label.unit = unit.unit
    LEFT JOIN part ON part.unit = unit.unit
  ) AS labelled
) AS member
JOIN report AS head ON head.report = member.head

-- What is linked: a report, or all reports that people put together, named for their least.
SELECT report.report, report.report_id, coalesce(unit.unit, report.report) AS unit
FROM report
LEFT JOIN (
  SELECT r.report, min(r.report) OVER (PARTITION BY alias.lead) AS unit
  FROM report AS r JOIN alias ON CAST(r.report_id AS VARCHAR(255)) = alias.member
) AS unit ON unit.report = report.report

-- Every report once, numbered in order.
SELECT report_id, CAST(row_number() OVER (ORDER BY report_id) AS BIGINT) AS report
FROM (SELECT DISTINCT report_id FROM raw WHERE report_id IS NOT NULL) AS every

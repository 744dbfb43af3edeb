-- From when to when a cluster was at work.
SELECT label, min(since) AS since, max(until) AS until FROM used GROUP BY label

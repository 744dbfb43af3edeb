-- From when to when a cluster was at work, and with how many identifiers.
SELECT label, min(since) AS since, max(until) AS until, count(*) AS ids FROM used GROUP BY label

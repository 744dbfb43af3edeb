-- With those that were attached.
SELECT unit, label FROM label UNION ALL SELECT unit, label FROM attached

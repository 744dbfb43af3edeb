-- Mentions of the identifiers that are left.
SELECT mention.unit, mention.id, mention.day, degree.d, degree.weight, degree.weak
FROM mention JOIN degree ON degree.id = mention.id

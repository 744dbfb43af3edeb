-- Mentions of what is left, each spell numbered as an identifier of its own.
SELECT spell.unit, spell.day, CAST(spell.id * 4096 + spell.spell AS BIGINT) AS id, degree.d,
  degree.weight, degree.weak
FROM spell JOIN degree ON degree.id = spell.id AND degree.spell = spell.spell

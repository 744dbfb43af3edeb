-- Which unit names which pair.
SELECT one.unit, pair.x, pair.y, pair.pair
FROM kept AS one
JOIN kept AS two ON one.unit = two.unit AND one.id < two.id
JOIN pair ON pair.x = one.id AND pair.y = two.id

-- Three identifiers of which each two are a pair, in one unit: their pairs belong together.
SELECT xy.pair AS one, xz.pair AS two, yz.pair AS three
FROM named AS xy
JOIN named AS xz ON xz.unit = xy.unit AND xz.x = xy.x AND xz.y > xy.y
JOIN named AS yz ON yz.unit = xy.unit AND yz.x = xy.y AND yz.y = xz.y
GROUP BY xy.pair, xz.pair, yz.pair

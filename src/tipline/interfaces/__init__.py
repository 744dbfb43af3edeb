"""Where the world comes in: parse, one service or query, answer. Only here is the clock read."""

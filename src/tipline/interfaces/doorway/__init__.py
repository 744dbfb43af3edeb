"""What the pages and the API of the public side share: limits, lanes, proof of work, languages."""

"""What is on a page: its items, its signals, and of which offences they tell."""

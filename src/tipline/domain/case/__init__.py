"""The unit of investigation: its states, its number, its people, and what came of it."""

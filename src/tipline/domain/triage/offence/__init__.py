"""Reading a text for offences: letters, n-grams, a linear model, rules beside it."""

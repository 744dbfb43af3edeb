"""The yardstick: what a plain Django Ninja intake with one transaction a request does here."""

"""The door for partners and programs."""

"""The static public site that the desk publishes: pages, open data and the ledger's files."""

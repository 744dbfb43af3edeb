"""The transparency log over the vault's records: RFC 6962 tree in the formats of c2sp.org."""

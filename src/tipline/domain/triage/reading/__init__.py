"""What every kind of identifier reads with: folding, hosts, check digits, the innocent list."""

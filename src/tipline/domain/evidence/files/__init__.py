"""Downloaded files: what scanners say, what speaks for a trojan, and how far an archive is opened."""

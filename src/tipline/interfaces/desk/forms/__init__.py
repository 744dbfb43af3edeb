"""Forms of the desk: what an officer sends, checked before a service is asked."""

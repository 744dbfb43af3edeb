"""Open cases, work them, state what came of them, hand them on and close them."""

"""Sites on loopback that rehearsals and tests inspect; everything on them is invented."""

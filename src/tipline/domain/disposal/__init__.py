"""Rules of the disposal stage."""

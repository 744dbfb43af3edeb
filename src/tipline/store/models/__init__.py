"""Tables, one file a stage."""

"""What the house can do: the only writers. One room a stage; keyword-only functions."""

"""Evidence: what a look at a site or a file may do, keeps and says."""

"""The page of the coverage matrix, and what may be borrowed for a gap."""

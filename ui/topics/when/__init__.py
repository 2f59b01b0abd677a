"""The page on time: ways of saying when, and the year."""

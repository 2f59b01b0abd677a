"""The page on agencies."""

"""The page that says how far the numbers can be trusted."""

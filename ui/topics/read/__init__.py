"""The page that shows a plan as it was published."""

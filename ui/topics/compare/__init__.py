"""The page that sets plans side by side."""

"""The page that makes briefings and checklists."""

"""A briefing: its content once, written into each format."""

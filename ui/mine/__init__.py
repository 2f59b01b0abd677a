"""A reader's own document: read in a cage, held for one session."""

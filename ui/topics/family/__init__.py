"""The page that sets a plan against the one of the year before."""

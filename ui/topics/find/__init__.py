"""The page that searches: the question, the facets, the results."""

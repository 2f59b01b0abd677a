"""How things are said, in both languages: labels, plans, units, dates, findings."""

"""Files that leave the dashboard. In: a choice of plans, dimensions and parts. Out: bytes, made in memory."""

"""The page of published PAPI scores beside a plan's tasks."""

"""The dashboard: what it asks the database, and how it says and shows the answers."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""Where the program stands."""

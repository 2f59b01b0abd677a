"""The page of the whole country: many plans in one picture. Every picture is a file that answers the same questions."""

from __future__ import annotations

from ui.topics.country import matrix, peers, share, tiles, years
from ui.topics.country.view import Picture

PICTURES: dict[str, Picture] = {"ti-le": share, "bang": matrix, "vi-tri": peers, "theo-nam": years, "ban-do": tiles}
"""The pictures by what the address says, the first where it says nothing (`bieu`)."""

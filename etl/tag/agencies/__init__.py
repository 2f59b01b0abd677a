"""Agencies: the words of a cell, a heading or a sentence → agencies under their codebook names.

Spellings stand in agencies.csv (`{level}` is filled from levels.csv: "UBND" + "các huyện, thị xã" → "UBND cấp huyện").
Likeness decides nothing but single misprints: a name that is in no table stays as written and is reported.
"""

from __future__ import annotations

from etl.tag.agencies.cell import groups
from etl.tag.agencies.names import scan
from etl.tag.agencies.sentence import chain, has_duty
from etl.tag.agencies.spellings import ends_whole, ends_with_level
from etl.tag.agencies.words import Agency, leading

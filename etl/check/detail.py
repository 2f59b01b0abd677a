"""What a finding says beyond its code: values by name, as JSON, for the sentence that a page makes of them."""

from __future__ import annotations

import json


def said(**values: str | int | list[str]) -> str:
    """Values by name → the text of `Finding.detail`: said(declared="5", matched="3.1") → '{"declared": "5", "matched":
    "3.1"}'.
    """
    return json.dumps(values, ensure_ascii=False)

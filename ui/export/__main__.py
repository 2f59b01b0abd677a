"""Files for scripts: `python -m ui.export briefing --plans a,b --to FILE.pptx`, `python -m ui.export checklist --plan a --agency "Sở Nội vụ" --to FILE.docx`."""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ui import data
from ui.export import checklist, content
from ui.export.formats import FORMATS


def main(arguments: list[str] | None = None) -> int:
    """0 when the file is written; 2 and one sentence on standard error where it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m ui.export", description="Xuất báo cáo từ cơ sở dữ liệu đã dựng.")
    commands = parser.add_subparsers(dest="command", required=True)
    briefing = commands.add_parser("briefing", help="báo cáo về một hay nhiều kế hoạch")
    briefing.add_argument("--plans", default="", help="mã kế hoạch, cách nhau bằng dấu phẩy; để trống là tất cả")
    briefing.add_argument("--dims", default="", help="các nội dung 0–8, cách nhau bằng dấu phẩy")
    briefing.add_argument("--parts", default=",".join(content.PARTS), help=f"các phần: {', '.join(content.PARTS)}")
    briefing.add_argument("--basis", choices=("heading", "content"), default="heading", help="đếm theo đề mục hay theo câu chữ")
    listed = commands.add_parser("checklist", help="việc một kế hoạch giao cho một cơ quan")
    listed.add_argument("--plan", required=True)
    listed.add_argument("--agency", required=True)
    for command in (briefing, listed):
        command.add_argument("--lang", choices=("vi", "en"), default="vi")
        command.add_argument("--to", required=True, type=Path, help="tệp sẽ ghi; đuôi tệp cho biết định dạng")
    chosen = parser.parse_args(arguments)
    ending = chosen.to.suffix.lstrip(".").lower()
    offered = FORMATS if chosen.command == "briefing" else checklist.ENDINGS
    try:
        if ending not in offered:
            raise ValueError(f"{chosen.to.name}: cần đuôi tệp {', '.join(offered)}")
        if chosen.command == "briefing":
            plans = [name for name in chosen.plans.split(",") if name] or list(data.plans()["plan_id"])
            dims = [int(dim) for dim in chosen.dims.split(",") if dim]
            made = FORMATS[ending].make(content.make(plans, dims, chosen.parts.split(","), chosen.lang, chosen.basis))
        else:
            made = checklist.make(chosen.plan, chosen.agency, ending, chosen.lang)
        chosen.to.write_bytes(made)
    except (ValueError, OSError, data.NoDatabase) as trouble:
        print(trouble, file=sys.stderr)
        return 2
    print(chosen.to)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

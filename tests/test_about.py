"""What a document says of itself on its first page: kind, title, number, date, office, level and province."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl import about, load, way
from etl.match import Matcher
from etl.model import Plan
from etl.read import txt


def described(page: str) -> Plan:
    text = page + "\n\nI. NHIỆM VỤ\n\n1. Công khai sổ thu ở nhà văn hóa.\n"
    return about.describe(about.unlisted(Path("van-ban.txt")), list(txt.blocks(text.encode(), "van-ban.txt")))


@pytest.mark.parametrize(
    ("head", "level", "issuer", "province"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG\n\nKẾ HOẠCH\nNâng cao PAPI", "province", "UBND tỉnh Bắc Giang", "Bắc Giang"),
        ("UBND TỈNH BÀ RỊA – VŨNG TÀU\n\nKẾ HOẠCH\nA", "province", "UBND tỉnh Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("UBND TP. HỒ CHÍ MINH\nSố: 8/KH-UBND\n\nKẾ HOẠCH\nNâng cao PAPI sau khi nhận địa bàn tỉnh Bình Dương cũ", "province", "UBND thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("UBND XÃ TÂN THỌ\n\nKẾ HOẠCH\nNâng cao PAPI năm 2024\n\nThực hiện Kế hoạch của UBND huyện Nông Cống", "commune", "UBND xã Tân Thọ", "Thanh Hóa"),
        ("UBND HUYỆN CHÂU THÀNH\n\nKẾ HOẠCH\nNâng cao PAPI", "district", "UBND huyện Châu Thành", ""),
        ("UBND THÀNH PHỐ PHỦ LÝ\n\nKẾ HOẠCH\nNâng cao PAPI, tỉnh Hà Nam", "district", "UBND thành phố Phủ Lý", "Hà Nam"),
        ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH ĐẮK NÔNG Độc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH\nA", "province", "UBND tỉnh Đắk Nông", "Đắk Nông"),
        ("UBND TỈNH LÀO CAI\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\n\nKẾ HOẠCH\nA", "department", "Sở Giáo dục và Đào tạo tỉnh Lào Cai", "Lào Cai"),
        ("UBND HUYỆN MỘC CHÂU\nPHÒNG NỘI VỤ\n\nKẾ HOẠCH\nA, tỉnh Sơn La", "district", "Phòng Nội vụ", "Sơn La"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH HẬU GIANG\nBAN THƯỜNG TRỰC\n***\n\nKẾ HOẠCH\nA", "province", "Ủy ban MTTQ tỉnh Hậu Giang", "Hậu Giang"),
        ("UBMTTQ VIỆT NAM XÃ TÂN LẬP\n\nKẾ HOẠCH\nA, tỉnh Sơn La", "commune", "Ủy ban MTTQ xã Tân Lập", "Sơn La"),
        ("HUYỆN ỦY KRÔNG PẮC\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\nA", "district", "Huyện ủy Krông Pắc", ""),
        ("KẾ HOẠCH\nA\n\nỦy ban nhân dân tỉnh Nghệ An đã ban hành Kế hoạch sau:", "province", "UBND tỉnh Nghệ An", "Nghệ An"),
        ("UBND XÃ HÒA BÌNH\n\nKẾ HOẠCH\nNâng cao PAPI", "commune", "UBND xã Hòa Bình", ""),
        ("UBND TỈNH ĐỒNG THÁP\nUBND XÃ HÒA BÌNH\n\nKẾ HOẠCH\nNâng cao PAPI", "commune", "UBND xã Hòa Bình", "Đồng Tháp"),
        ("UBND PHƯỜNG BẮC NINH\n\nKẾ HOẠCH\nNâng cao PAPI\n\nCông an phường Bắc Ninh, tỉnh Bắc Giang", "commune", "UBND phường Bắc Ninh", "Bắc Giang"),
        ("KẾ HOẠCH\nNâng cao PAPI của xã Thanh Mỹ, tỉnh Bến Tre", "commune", "UBND xã Thanh Mỹ", "Bến Tre"),
        ("PHỤ LỤC\n(Kèm theo Kế hoạch số 5/KH-UBND của UBND tỉnh Tây Ninh)\nTT\tNhiệm vụ\tChủ trì\n1\tLàm thủ tục tại xã\tSở Tư pháp", "province", "UBND tỉnh Tây Ninh", "Tây Ninh"),
        ("UBND XÃ TÂN THỌ\nVĂN BẢN ĐẾN\nSố: 91. Ngày: 4/5/2023\nChuyển: Văn phòng\n\nUBND TỈNH HÀ NAM\nSố: 8/KH-UBND\n\nKẾ HOẠCH\nA", "province", "UBND tỉnh Hà Nam", "Hà Nam"),
        ("UBND TỈNH HÀ NAM\nCÔNG VĂN ĐẾN\nSố: 91\nNgày: 4/5/2023\nSố: 8/KH-UBND\n\nKẾ HOẠCH\nA", "province", "UBND tỉnh Hà Nam", "Hà Nam"),
        # before it was a city of its own
        ("UBND THÀNH PHỐ HUẾ\nHuế, ngày 9 tháng 10 năm 2022\n\nKẾ HOẠCH\nA", "district", "UBND thành phố Huế", "Thừa Thiên Huế"),
        ("UBND THÀNH PHỐ HUẾ\nHuế, ngày 9 tháng 10 năm 2025\n\nKẾ HOẠCH\nA", "province", "UBND thành phố Huế", "Huế"),
        ("UBND THÀNH PHỐ BẮC NINH\nBắc Ninh, ngày 9 tháng 10 năm 2022\n\nKẾ HOẠCH\nA", "district", "UBND thành phố Bắc Ninh", "Bắc Ninh"),
        ("UBND PHƯỜNG MỸ XUYÊN\nMỹ Xuyên, ngày 3 tháng 2 năm 2026\n\nKẾ HOẠCH\nA, tỉnh Sóc Trăng", "commune", "UBND phường Mỹ Xuyên", "Cần Thơ"),
    ],
)  # fmt: skip
def test_the_office_is_that_of_the_letterhead_then_of_the_sentence_that_issues(
    head: str, level: str, issuer: str, province: str
) -> None:
    plan = described(head)
    assert (plan.level, plan.issuer, plan.province) == (level, issuer, province)


@pytest.mark.parametrize(
    ("head", "doc_type", "number", "issued", "title"),
    [
        ("Số: 05/CT-UBND\nHuế, ngày 9 tháng 10 năm 2022\nCHỈ THỊ\nVề chấn chỉnh việc\ntiếp công dân", "directive", "05/CT-UBND", "2022-10-09", "Về chấn chỉnh việc tiếp công dân"),
        ("Số: 77/SNV-CCHC\nV/v nâng cao PAPI năm 2024\nKính gửi: Các phường.", "letter", "77/SNV-CCHC", None, "V/v nâng cao PAPI năm 2024"),
        ("Số: 1020/QĐ-UBND\n\nQUYẾT ĐỊNH\nBan hành Đề án nâng cao PAPI\n\nCăn cứ Quyết định số 9/QĐ-UBND;", "decision", "1020/QĐ-UBND", None, "Ban hành Đề án nâng cao PAPI"),
        ("Số: 12-CTr/TU\nChương trình hành động\nNâng cao PAPI\n\nThực hiện Kế hoạch số 3/KH-UBND;", "programme", "12-CTr/TU", None, "Nâng cao PAPI"),
        ("Số:     /KH-UBND\n\nKẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI\nNĂM 2023\n\nTheo Quyết định số 4/QĐ-TTg", "plan", None, None, "KẾ HOẠCH NÂNG CAO CHỈ SỐ PAPI NĂM 2023"),
        ("Vinh, ngày 14/01/2026\nKẾ HOẠCH\nThực hiện các giải pháp về PAPI", "plan", None, "2026-01-14", "Thực hiện các giải pháp về PAPI"),
        ("KẾ HOẠCH\nNâng cao PAPI\n\nTT\tNhiệm vụ\tChủ trì\n1\tRào bãi rác\tNhư Phụ lục kèm theo Quyết định số 388/QĐ-UBND", "plan", None, None, "Nâng cao PAPI"),
        ("KẾ HOẠCH\nNâng cao PAPI\n\nĐiểm yếu thứ nhất - Công khai\n\u2022 Treo bản đồ.", "plan", None, None, "Nâng cao PAPI"),
        ("KẾ HOẠCH\nNâng cao PAPI\nvà dịch vụ công\n\nVề đất đai\n+ Treo bản đồ.", "plan", None, None, "Nâng cao PAPI và dịch vụ công"),
        ("KẾ HOẠCH NÂNG CAO PAPI\nNĂM 2024\n- Treo bản đồ.", "plan", None, None, "KẾ HOẠCH NÂNG CAO PAPI NĂM 2024"),
        ("KẾ HOẠCH\nNâng cao PAPI\n\nPhần A. Đất đai", "plan", None, None, "Nâng cao PAPI"),
        ("PHỤ LỤC II\nVIỆC GIAO CÁC XÃ\n(Kèm theo Kế hoạch số 6/KH-UBND ngày 4/5/2023)", "plan", "6/KH-UBND", "2023-05-04", "VIỆC GIAO CÁC XÃ"),
        ("BẢNG PHÂN CÔNG VIỆC\nVỀ PAPI NĂM 2023\n(Kèm theo Kế hoạch số 6/KH-UBND)", "plan", "6/KH-UBND", None, "BẢNG PHÂN CÔNG VIỆC VỀ PAPI NĂM 2023"),
        ("PAPI: mười việc phải làm ngay\n\nUBND tỉnh Phú Yên vừa ban hành Kế hoạch số 6/KH-UBND về PAPI.", "plan", "6/KH-UBND", None, "PAPI: mười việc phải làm ngay"),
    ],
)  # fmt: skip
def test_kind_number_date_and_title_are_the_documents_own(
    head: str, doc_type: str, number: str | None, issued: str | None, title: str
) -> None:
    plan = described(head)
    assert (plan.doc_type, plan.number, plan.issued, plan.title) == (doc_type, number, issued, title)


PCI = "KẾ HOẠCH\nNâng cao Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) năm 2023"
BOTH = "KẾ HOẠCH\nNâng cao các chỉ số PAPI, PCI, PAR INDEX và SIPAS năm 2024"


@pytest.mark.parametrize(
    ("head", "index"),
    [
        (PCI, "PCI"),
        ("KẾ HOẠCH\nCải thiện Chỉ số cải cách hành chính (PAR INDEX) của huyện", "PAR INDEX"),
        ("KẾ HOẠCH\nNâng cao chỉ số DDCI của Sở Công Thương năm 2022\n\nCùng với PAPI, DDCI là thước đo.", "DDCI"),
        ("KẾ HOẠCH\nThực hiện nhiệm vụ năm 2024\n\nSIPAS năm 2023 giảm; SIPAS năm 2024 phải tăng; SIPAS là việc chung.", "SIPAS"),
        # a plan of PAPI names others too
        (BOTH, "PAPI"),
        ("KẾ HOẠCH\nNâng cao Chỉ số PAPI\n\nPCI, PCI và PCI cũng phải tăng; PAR INDEX đứng thứ 12.", "PAPI"),
        ("KẾ HOẠCH\nThực hiện nhiệm vụ năm 2024\n\nPAPI năm 2023 giảm, PCI tăng; PAR INDEX, PCI và PCI giữ.", "PAPI"),
        ("KẾ HOẠCH\nPhát triển kinh tế năm 2024", ""),
    ],
)  # fmt: skip
def test_the_index_is_that_of_the_title_or_the_one_mostly_spoken_of(head: str, index: str) -> None:
    assert _indexed(head).about == index


def _indexed(head: str, said: str = "") -> Plan:
    text = head + "\n\nI. NHIỆM VỤ\n\n1. Công khai sổ thu ở nhà văn hóa.\n"
    blocks = list(txt.blocks(text.encode(), "van-ban.txt"))
    plan = about.describe(about.unlisted(Path("van-ban.txt")), blocks)
    return about.with_index(replace(plan, about=said), blocks)


def test_what_the_listing_says_of_the_index_comes_first() -> None:
    assert (_indexed(PCI, "PAPI").about, _indexed(BOTH, "PCI").about) == ("PAPI", "PCI")


def test_a_plan_of_another_index_is_told_so_and_not_counted_unless_somebody_says_so(
    tmp_path: Path, matcher: Matcher
) -> None:
    file = tmp_path / "pci.txt"
    file.write_text(
        f"UBND TỈNH HÀ NAM\n\n{PCI}\n\nI. NHIỆM VỤ\n\n1. Sở Tư pháp công khai ngân sách.\n", encoding="utf-8"
    )
    (one,) = way.readings(tmp_path, matcher)
    assert one.unread and "văn bản về PCI" in one.unread.vi and "about PCI" in one.unread.en and not one.units
    load.write(tmp_path / "x.duckdb", [one])
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as con:
        assert con.execute("select about, status, issuer from plans").fetchall() == [
            ("PCI", "not_read", "UBND tỉnh Hà Nam")
        ]
        assert con.execute("select distinct state from plan_cell").fetchall() == [("not_read",)]
    assert way.reading(replace(about.unlisted(file), about="PAPI"), matcher).units

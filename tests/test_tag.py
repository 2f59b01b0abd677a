"""tag: kind, agencies and timing, by lines as plans have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.cut import cut
from etl.match import Matcher
from etl.model import Plan, Unit
from etl.read import txt
from etl.reference import form
from etl.tag import agencies, assign, dates, tag, timing, topic_of

YEAR = Plan("x", Path("x.txt"), "", "", "", "", "", "province", "", period_from=2021, period_to=2021)
YEARS = Plan("x", Path("x.txt"), "", "", "", "", "", "province", "", period_from=2022, period_to=2025)


def units_of(text: str, plan: Plan = YEAR) -> tuple[Unit, ...]:
    return assign(tag(cut(tuple(txt.blocks(text.encode(), "x.txt"))).units, plan))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (
            "UBND cấp huyện; UBND cấp xã; các cơ quan thông tin truyền thông",
            [["UBND cấp huyện", "UBND cấp xã", "Cơ quan báo chí, truyền thông"]],
        ),
        ("Công an cấp huyện, cấp xã", [["Công an cấp huyện", "Công an cấp xã"]]),
        ("UBND, Mặt trận Tổ quốc Việt Nam cấp huyện", [["UBND cấp huyện", "MTTQ cấp huyện"]]),
        ("UBND các huyện, thị xã, thành phố", [["UBND cấp huyện"]]),
        ("Các sở, ngành, địa phương thực hiện tuyển dụng", [["Các sở, ban, ngành", "Các địa phương"]]),
        (
            "- Sở Thông tin và Truyền thông; - Văn phòng UBND tỉnh",
            [["Sở Thông tin và Truyền thông"], ["Văn phòng UBND tỉnh"]],
        ),
        (
            "Ủy ban Mật trận Tổ quốc Việt Nam và Ban thanh tra nhân dân cấp cơ sở",
            [["MTTQ cấp xã", "Ban Thanh tra nhân dân"]],
        ),
        (
            "Văn phòng UBND tỉnh (Ban Tiếp công dân); Các sở, ban, ngành",
            [["Văn phòng UBND tỉnh", "Các sở, ban, ngành"]],
        ),
        ("Bảo hiểm xã hội tỉnh Sở Y tế", [["Bảo hiểm xã hội tỉnh"], ["Sở Y tế"]]),
        ("Công ty điện lực Bắc Kạn", [["Điện lực"]]),
        ("Báo Bình Định", [["Báo tỉnh"]]),
        ("Sở Lao động - Thương binh và Xã hội", [["Sở Lao động, Thương binh và Xã hội"]]),
        ("Chủ tịch UBND huyện", [["UBND cấp huyện"]]),
        ("Chủ tịch, các Phó Chủ tịch UBND phường.", [["UBND cấp xã"]]),
        ("Giám đốc và các Phó Giám đốc Sở Y tế; Sở Nội vụ", [["Sở Y tế", "Sở Nội vụ"]]),
        ("Chủ tịch", [["Chủ tịch"]]),
        ("Sở Nông nghiệp và Môi trường; UBND xã, phường", [["Sở Nông nghiệp và Môi trường", "UBND cấp xã"]]),
        ("Đồng chí Trần Thị Thanh Tuyền - Công chức Địa chính", [["Cá nhân được nêu tên"]]),
        ("Nguyễn Văn An; Trạm Y tế xã", [["Cá nhân được nêu tên", "Trạm Y tế xã"]]),
        ("Trung tâm Vũ trụ", [["Trung tâm Vũ trụ"]]),
        ("các hợp tác xã nông nghiệp", [["Các hợp tác xã nông nghiệp"]]),
        ("Trung tâm Văn hóa, Thông tin và Thể thao", [["Trung tâm Văn hóa, Thông tin và Thể thao"]]),
        ("Chi cục Chăn nuôi, Thú y; Hội Nông dân", [["Chi cục Chăn nuôi, Thú y", "Hội Nông dân"]]),
        ("Trung tâm Phát triển quỹ đất, Phòng Y tế", [["Trung tâm Phát triển quỹ đất", "Phòng Y tế"]]),
        ("Đã nêu tại Kế hoạch số 91/KH-UBND ngày 10/01/2023", []),
        ("Đã phân công tại Quyết định số 45/QĐ-UBND của Chủ tịch UBND tỉnh", []),
        ("Xem Phụ lục I", []),
        ("Ghi trong ngoặc ở từng việc", []),
        ("UBND các xã theo Quyết định số 12/QĐ-UBND ngày 02/3/2025 của UBND tỉnh", [["UBND cấp xã"]]),
        ("Ban Chỉ đạo theo Quyết định số 7/QĐ-UBND", [["Ban Chỉ đạo"]]),
        ("Sở Y tế (theo Công văn số 5/UBND-NC); Sở Nội vụ", [["Sở Y tế", "Sở Nội vụ"]]),
        ("Sở Y tế theo Quyết định số 5/QĐ-UBND; Sở Nội vụ", [["Sở Y tế", "Sở Nội vụ"]]),
        ("", []),
        (
            "Phòng Giáo dục & Đào tạo, Sở KH & ĐT; Sở Giáo dục & Đào tạo",
            [["Phòng Giáo dục và Đào tạo", "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo"]],
        ),
        ("UBND xã & Công an xã", [["UBND cấp xã", "Công an cấp xã"]]),
        ("UBND các huyên, thị xã; Sở Nôi vụ", [["UBND cấp huyện", "Sở Nội vụ"]]),
        ("Công an các xã, phưòng; Sở Giao thông vân tải", [["Công an cấp xã", "Sở Giao thông vận tải"]]),
        ("Ban Dân vận Huyện ủy; UBND huyện", [["Ban Dân vận Huyện ủy", "UBND cấp huyện"]]),
    ],
)
def test_the_agencies_of_a_cell_have_their_codebook_names(cell: str, names: list[list[str]]) -> None:
    assert [[name for name, _ in group] for group in agencies.groups(cell)] == names


def test_likeness_never_turns_one_level_into_another() -> None:
    assert agencies.groups("Công an cấp xả")[0][0][0] != "Công an cấp huyện"
    assert [name for group in agencies.groups("Công an cấp xã; Công an cấp huyện") for name, _ in group] == [
        "Công an cấp xã",
        "Công an cấp huyện",
    ]


def test_no_persons_name_goes_into_the_agencies() -> None:
    for words in ("Đ/c Nguyễn Văn A - công chức Tư pháp", "Ông Lê Văn Tám", "Bà Trần Thị Bưởi, công chức"):
        assert all(
            "Văn" not in name + written and "Thị" not in name + written
            for group in agencies.groups(words)
            for name, written in group
        )


@pytest.mark.parametrize(
    ("line", "lead", "coop"),
    [
        (
            "- Các sở, ban, ngành; UBND cấp huyện; UBND cấp xã đẩy mạnh việc công khai.",
            ["Các sở, ban, ngành", "UBND cấp huyện", "UBND cấp xã"],
            [],
        ),
        ("- Hồ sơ chứng thực do công chức Hộ tịch giải quyết; ai già yếu thì trả tận nhà.", ["Công chức Hộ tịch"], []),
        ("- Đường chưa có loa nên công chức Tư pháp - Hộ tịch đọc tin tại chợ.", ["Công chức Tư pháp - Hộ tịch"], []),
        ("- Trước mỗi kỳ họp, Trạm Y tế xã về thôn nghe bà con góp ý.", ["Trạm Y tế xã"], []),
        ("- Từ nay đến hết mùa lũ, Công an xã cùng dân quân tuần tra bờ đê.", ["Công an cấp xã"], []),
        ("- Công an xã tại cơ sở dẹp các tụ điểm đánh bạc.", ["Công an cấp xã"], []),
        ("- Chủ tịch UBND đặc khu tiếp công dân thứ Năm hằng tuần.", ["UBND cấp xã"], []),
        (
            "- Trên cơ sở Kế hoạch này, Giám đốc yêu cầu Chánh Văn phòng, Chánh Thanh tra và Trưởng các phòng triển khai các nội dung.",
            ["Chánh Văn phòng", "Chánh Thanh tra", "Trưởng các phòng"],
            [],
        ),
        (
            "- Giám đốc Sở yêu cầu Chánh Văn phòng, Trưởng các phòng thực hiện nghiêm túc.",
            ["Chánh Văn phòng", "Trưởng các phòng"],
            [],
        ),
        (
            "- Trưởng các phòng, Chánh Thanh tra rà soát thủ tục hành chính.",
            ["Trưởng các phòng", "Chánh Thanh tra"],
            [],
        ),
        ("- Chủ tịch UBND huyện chủ trì giao ban riêng về PAPI mỗi quý một lần.", ["UBND cấp huyện"], []),
        ("- SởY tế công bố giá thuốc ở nhà thuốc bệnh viện.", ["Sở Y tế"], []),
        ("- SởTư pháp, CôngAn tỉnh mở lớp về hòa giải.", ["Sở Tư pháp", "Công an tỉnh"], []),
        ("- Bí thư, Chủ tịch xã gặp dân mỗi tháng một lần tại ấp.", ["UBND cấp xã"], []),
        ("- Chủ tịch và các Phó Chủ tịch UBND phường tiếp công dân hằng tuần.", ["UBND cấp xã"], []),
        ("- Bí thư Đảng ủy, Chủ tịch UBND xã tiếp dân hằng tuần.", ["Bí thư Đảng ủy", "UBND cấp xã"], []),
        ("- Bí thư, trưởng thôn họp dân mỗi quý.", ["Trưởng thôn"], []),
        ("- Tập huấn cho tổ trưởng tổ dân phố: Phòng Nội vụ, trong tháng 4/2026.", ["Phòng Nội vụ"], []),
        ("- Mở lớp về hòa giải cho trưởng thôn: Sở Tư pháp; hằng quý.", ["Sở Tư pháp"], []),
        ("- Gửi kết quả cho các sở: Sở Y tế, Sở Nội vụ, trước ngày 15/12.", [], []),
        ("- Câu lạc bộ sông xanh các thôn chỉ cho bà con cách ủ phân.", ["Câu lạc bộ sông xanh các thôn"], []),
        (
            "- Thực hiện tốt công tác tuyên truyền. Ủy ban nhân dân xã, phường, thị trấn phối hợp Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp kiện toàn.",
            ["UBND cấp xã"],
            ["MTTQ cấp xã"],
        ),
        (
            "- Sở Nội vụ chủ trì, phối hợp với các cơ quan có liên quan tham mưu.",
            ["Sở Nội vụ"],
            ["Các cơ quan liên quan"],
        ),
        ("- Cán bộ, công chức, viên chức thực hiện đúng quy định.", ["Cán bộ, công chức, viên chức"], []),
        ("- Các dự án, chương trình đầu tư phải có sự tham gia của Ban Thanh tra nhân dân.", [], []),
        ("- Tổ chức công tác bầu cử các chức danh lãnh đạo ở cấp xã.", [], []),
        ("- Ban hành hoặc kiến nghị cơ quan có thẩm quyền ban hành các chế tài.", [], []),
        ("- Kiện toàn hoạt động của Hội đồng phối hợp phổ biến, giáo dục các cấp.", [], []),
        ("- Phối hợp tuyên truyền chính sách bảo hiểm xã hội, bảo hiểm y tế.", [], []),
        (
            "- Đề nghị Tòa án nhân dân tỉnh, Công an tỉnh: Phối hợp thực hiện các nhiệm vụ.",
            ["Tòa án nhân dân tỉnh", "Công an tỉnh"],
            [],
        ),
        ("- Lãnh đạo Sở thực hiện nghiêm lịch tiếp công dân.", ["Lãnh đạo Sở"], []),
        ("- Lãnh đạo, chỉ đạo các cơ quan thực hiện nghiêm.", [], []),
        (
            "- Giám đốc Sở, Giám đốc các bệnh viện, trung tâm y tế trực tiếp tiếp công dân.",
            ["Giám đốc Sở", "Giám đốc các bệnh viện, trung tâm y tế"],
            [],
        ),
        ("- Các xã, thị trấn chấn chỉnh bảng tin công cộng.", ["UBND cấp xã"], []),
        (
            "- Nhân viên các cơ sở khám, chữa bệnh công lập không nhận tiền, quà của người bệnh.",
            ["Nhân viên các cơ sở khám, chữa bệnh công lập"],
            [],
        ),
        ("- Kế toán xã chép dự toán thành bảng một trang.", ["Kế toán xã"], []),
        ("- Cán bộ chủ chốt của phường, xã dự sinh hoạt với thôn.", ["Cán bộ chủ chốt của phường, xã"], []),
        ("- Các đơn vị trực thuộc công khai dự toán.", ["Các đơn vị trực thuộc"], []),
        (
            "- Đề nghị các doanh nghiệp viễn thông phủ sóng di động và kéo cáp quang đến 9 thôn còn lõm sóng; hỗ trợ wifi.",
            ["Các doanh nghiệp viễn thông"],
            [],
        ),
        (
            "- Thực hiện nghiêm Luật Tiếp cận thông tin; các cơ quan, đơn vị phân công công chức làm đầu mối.",
            ["Các cơ quan, đơn vị"],
            [],
        ),
        (
            "- Chấn chỉnh việc công khai hình thức; định kỳ 6 tháng, Thanh tra tỉnh tổ chức kiểm tra chuyên đề.",
            ["Thanh tra tỉnh"],
            [],
        ),
        (
            "- Công khai tại trụ sở các nội dung; trưởng ấp có trách nhiệm thông báo lại tại cuộc họp ấp.",
            ["Trưởng ấp"],
            [],
        ),
        (
            "- Triển khai Luật Tiếp cận thông tin; phân công công chức Văn phòng - Thống kê làm đầu mối cung cấp thông tin.",
            ["Công chức Văn phòng - Thống kê"],
            [],
        ),
        ("- Trước khi trình phê duyệt kế hoạch, UBND cấp huyện đưa dự thảo về từng thôn.", ["UBND cấp huyện"], []),
        ("- Kiểm tra các mỏ đá; yêu cầu chủ đầu tư thực hiện đúng cam kết.", [], []),
        ("- Tổ kiểm tra không báo trước; cán bộ gợi ý, nhận tiền thì đình chỉ.", ["Tổ"], []),
        ("- Thứ nhất, Sở Y tế mở thêm quầy thu tiền buổi tối.", ["Sở Y tế"], []),
        ("- Thứ tư: các xã, phường dán lại bảng giá.", ["UBND cấp xã"], []),
        ("- Một là, Công an tỉnh kéo thêm đèn ở khu trọ.", ["Công an tỉnh"], []),
        ("- Trước hết, nâng cấp đường liên xã.", [], []),
        ("- Thứ Hai, thứ Tư hằng tuần, UBND xã tiếp dân.", ["UBND cấp xã"], []),
        ("- Vào ngày 5 hằng tháng, phòng Tài chính dán bảng thu chi.", ["Phòng Tài chính"], []),
        ("- Sáu tháng một lần, tổ Dân vận xã hỏi chuyện 20 hộ.", ["Tổ Dân vận xã"], []),
        ("- Mỗi quý, tổ chức một buổi đối thoại.", [], []),
        ("- Thanh tra, kiểm tra đột xuất giờ giấc làm việc.", [], []),
        ("- Thanh tra công tác tuyển dụng viên chức.", [], []),
        ("- Thanh tra thường xuyên các trạm y tế.", [], []),
        ("- Thanh tra và Công an huyện lập đường dây nóng.", ["Thanh tra cấp huyện", "Công an cấp huyện"], []),
        ("- Thanh tra tiến hành xác minh đơn tố cáo.", ["Thanh tra"], []),
        ("- Thanh tra huyện soát sổ thu của các trường.", ["Thanh tra cấp huyện"], []),
        ("- Công an thường xuyên tuần tra ban đêm.", ["Công an"], []),
        ("- Công an phường cùng lực lượng dân phòng gác chợ.", ["Công an cấp xã"], ["Lực lượng dân phòng gác chợ"]),
        ("- Công an xã cùng tổ tự quản đi tuần mỗi đêm.", ["Công an cấp xã"], ["Tổ tự quản"]),
        ("- Sở Nội vụ cùng Sở Y tế hỏi ý kiến người bệnh.", ["Sở Nội vụ", "Sở Y tế"], []),
        ("- Sở Nội vụ chủ trì cùng Sở Y tế hỏi ý kiến người bệnh.", ["Sở Nội vụ"], ["Sở Y tế"]),
        ("- Thanh tra tỉnh, với sự tham gia của Sở Y tế, kiểm tra 12 trạm.", ["Thanh tra tỉnh"], ["Sở Y tế"]),
        ("- Mỗi xã lập một câu lạc bộ.", ["UBND cấp xã"], []),
        # a scan took the marks for others
        ("- Công an huyền Ba Tơ làm căn cước.", ["Công an cấp huyện"], []),
        ("- Công an xã về tận các bản làm căn cước.", ["Công an cấp xã"], []),
        ("- Công an xã về việc làm căn cước.", [], []),
        ("- UBND phương Bến Nghé dán bảng giá.", ["UBND cấp xã"], []),
        ("- Từng sở, ban, ngành cử người trực.", ["Các sở, ban, ngành"], []),
        ("- Từ tháng 4/2024, tổ vệ sinh quét chợ.", ["Tổ"], []),
        ("- Trong tháng 5, công chức Địa chính lục hồ sơ cũ.", ["Công chức Địa chính"], []),
        ("- Cuối năm, trạm y tế xã mời dân đến hỏi chuyện.", ["Trạm y tế xã"], []),
        ("- Mỗi quý các thôn họp dân một lần.", ["Các thôn"], []),
        ("- Tối thứ Năm Đoàn Thanh niên xã dạy dùng điện thoại.", ["Đoàn Thanh niên xã"], []),
        ("- Cuối năm ngoái xã nhờ Hội Phụ nữ đi hỏi.", [], []),
        ("- Mỗi năm kiểm tra Công an huyện một lần.", [], []),
        ("- Bà con đến khai sinh thì chị em Tư pháp - Hộ tịch ghi giúp.", ["Công chức Tư pháp - Hộ tịch"], []),
        ("- Giấy tờ nào thiếu thì Mặt trận xã nhắc.", ["MTTQ cấp xã"], []),
        ("- Thôn nào muốn góp tiền thì tự bàn.", [], []),
        ("- Treo bản đồ ở hội trường; công chức Địa chính đứng giảng.", ["Công chức Địa chính"], []),
        ("- Dọn chợ; người làm: Phòng Y tế; cùng làm: Hội Nông dân; làm hằng quý.", ["Phòng Y tế"], ["Hội Nông dân"]),
        ("- Dọn chợ. Chủ trì: Phòng Y tế; xong trước 30/6. Phối hợp: Hội Nông dân.", ["Phòng Y tế"], ["Hội Nông dân"]),
    ],
)
def test_the_grammatical_subject_leads_and_who_joins_in_is_apart(line: str, lead: list[str], coop: list[str]) -> None:
    (unit,) = units_of(f"II. NHIỆM VỤ\n1. Thủ tục hành chính công\n{line}\n")
    assert (unit.names("lead"), unit.names("coop")) == (lead, coop)


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("Trường Tiểu học Hồng Quang viết thư ngỏ gửi phụ huynh.", "Trường Tiểu học Hồng Quang"),
        ("Bệnh viện Đa khoa Kim Thành kê thêm ghế chờ.", "Bệnh viện Đa khoa Kim Thành"),
        ("Công ty Môi trường đô thị Bắc Sơn quét rác ban đêm.", "Công ty Môi trường đô thị Bắc Sơn"),
        ("Hội Chữ thập đỏ phường may áo ấm cho người già.", "Hội Chữ thập đỏ phường"),
        ("Sờ Công Thưong kiểm tra cân ở các chợ.", "Sở Công Thương"),
        ("Sở Văn hóa, Thê thao và Du lich chiếu phim.", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Y tế 6 tháng một lần lấy mẫu nước giếng.", "Sở Y tế"),
        ("Tổ công nghệ số cộng đồng đến từng nhà cài ứng dụng.", "Tổ công nghệ số cộng đồng"),
        ("Hiệu trưởng hai trường tiểu học nói rõ học phí.", "Hiệu trưởng hai trường tiểu học"),
        ("Trạm cấp nước Vĩnh Thạnh dời ống ra lề đường.", "Trạm cấp nước Vĩnh Thạnh"),
        ("Xã giữ kín số điện thoại của người gọi.", "UBND cấp xã"),
        ("Xóm nào muốn trồng hoa thì trưởng xóm mời họp.", "Trưởng xóm"),
        ("Mái chợ dột do Phòng Kinh tế thực hiện.", "Phòng Kinh tế"),
        ("Hiệu trưởng các trường mầm non đón trẻ ở cổng.", "Hiệu trưởng các trường mầm non"),
        ("Các trường tiểu học công lập kê ghế chờ.", "Các trường tiểu học công lập"),
        ("Giáo viên các trường THCS ghé nhà học sinh nghỉ học.", "Giáo viên các trường THCS"),
        ("Ban Tổ chức Huyện ủy ghép việc chấm điểm.", "Ban Tổ chức Huyện ủy"),
        ("Ủy ban Kiểm tra Đảng ủy xã soát đảng viên nhận quà.", "Ủy ban Kiểm tra Đảng ủy xã"),
        ("Phòng Dân tộc dịch bảng niêm yết sang tiếng Ê Đê.", "Phòng Dân tộc"),
        ("Phòng Dân tộc huyện Mường Lát dịch tờ rơi.", "Phòng Dân tộc huyện Mường Lát"),
        ("Phòng Nông nghiệp và Môi trường đếm xe rác.", "Phòng Nông nghiệp và Môi trường"),
        ("Phòng Công Thương soi cân ở chợ.", "Phòng Công Thương"),
        ("Hội Chữ thập đỏ phường Bến Nghé may áo ấm.", "Hội Chữ thập đỏ phường Bến Nghé"),
        ("Phòng Tài chính doanh nghiệp báo cáo số thu.", "Phòng Tài chính doanh nghiệp"),
        ("Phòng Xây dựng chính quyền lập sổ.", "Phòng Xây dựng chính quyền"),
        ("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh soạn sổ tay cho dân.", "MTTQ tỉnh"),
        ("Ban Thường trực Mặt trận xã nghe dân bàn.", "MTTQ cấp xã"),
        ("Ban Thường trực Mặt trận ghi ý kiến của dân.", "Ban Thường trực Mặt trận"),
        ("Báo cáo viên của Sở về từng cụm xã nói chuyện.", "Báo cáo viên của Sở"),
        ("Các tuyên truyền viên đến từng nhà.", "Các tuyên truyền viên"),
    ],
)
def test_a_name_ends_before_a_verb_that_no_table_knows(line: str, lead: str) -> None:
    (unit,) = units_of(f"II. NHIỆM VỤ\n{line}\n")
    assert unit.names("lead") == [lead]


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("Hội Nông dân xã và Công an xã tuần tra đê.", "và Công an xã tuần tra đê."),
        ("Trạm Y tế xã khám mắt ở các thôn.", "Trạm Y tế xã khám mắt ở các thôn."),
        ("Dọn chợ cùng Hội Nông dân xã.", "Dọn chợ cùng Hội Nông dân xã."),
    ],
)
def test_an_association_that_leads_a_task_is_no_topic_of_it(line: str, topic: str) -> None:
    (unit,) = units_of(f"II. NHIỆM VỤ\n1. Cung ứng dịch vụ công\n- {line}\n")
    assert topic_of(unit).strip() == topic and len(topic_of(unit)) == len(line)


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("Sở Y tế chủ trì, phối hợp tham mưu, tổ chức thực hiện nội dung “Thủ tục hành chính công” trên địa bàn tỉnh.", "“Thủ tục hành chính công”"),
        ("Sở Nội vụ: Theo dõi chung việc thực hiện Kế hoạch; chủ trì nội dung “Quản trị điện tử”.", "“Quản trị điện tử”"),
        ("Sở Nội vụ chủ trì nội dung “Quản trị điện tử”; lập lịch tiếp công dân.", "“Quản trị điện tử”  lập lịch tiếp công dân."),
        ("Sở Y tế chủ trì Chương trình nước sạch nông thôn (trong nội dung “Quản trị môi trường”).", "Chương trình nước sạch nông thôn (trong nội dung “Quản trị môi trường”)."),
    ],
)  # fmt: skip
def test_what_an_assignment_gives_in_quotes_is_all_it_is_about(line: str, topic: str) -> None:
    (unit,) = units_of(f"III. TỔ CHỨC THỰC HIỆN\n1. {line}\n")
    assert unit.kind == "assignment" and topic_of(unit).strip() == topic


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("Lần lượt: Sở Y tế, UBND xã; Sở Nội vụ", [["Sở Y tế", "UBND cấp xã"], ["Sở Nội vụ"]]),
        ("Theo thứ tự: Sở Y tế; Sở Nội vụ; UBND xã", [["Sở Y tế", "Sở Nội vụ", "UBND cấp xã"]] * 2),
    ],
)
def test_a_cell_gives_its_agencies_in_turn_where_it_says_so(cell: str, leads: list[list[str]]) -> None:
    units = units_of(f"II. NHIỆM VỤ\nTT\tNhiệm vụ\tChủ trì\n1\ta) Lập tổ trực. b) Lắp đèn đường.\t{cell}\n")
    assert [unit.names("lead") for unit in units] == leads


@pytest.mark.parametrize(
    ("listed", "leads"),
    [
        ("+ Lập tổ.\n+ Lắp đèn.\n* Cơ quan chủ trì: Công an tỉnh.", ["Công an tỉnh", "Công an tỉnh"]),
        ("- Lập tổ.\n- Lắp đèn.\n- Cơ quan chủ trì: Công an tỉnh.", ["Công an tỉnh", "Công an tỉnh"]),
        ("- Lập tổ.\n- Lắp đèn.\nCơ quan chủ trì: Công an tỉnh.", ["Công an tỉnh", "Công an tỉnh"]),
        (
            "- Lập tổ.\n- Cơ quan chủ trì: Sở Nội vụ.\n- Lắp đèn.\n- Cơ quan chủ trì: Công an tỉnh.",
            ["Sở Nội vụ", "Công an tỉnh"],
        ),
        ("- Lập tổ.\n+ Cơ quan chủ trì: Sở Nội vụ.\n- Lắp đèn.", ["Sở Nội vụ"]),
        ("- Lập tổ.\n- Lắp đèn.\nCơ quan chủ trì: Công an tỉnh.\n- Vá đường.", ["Công an tỉnh"]),
    ],
)
@pytest.mark.parametrize("when", ["", "\n{mark}Thời gian: Quý II/2022."])
def test_who_and_when_under_a_list_is_said_of_all_its_items(listed: str, leads: list[str], when: str) -> None:
    last = listed.rsplit("\n", 1)[1]
    mark = last[:2] if last.startswith(("*", "-")) else ""
    units = units_of(f"II. NHIỆM VỤ\n1. An ninh\n{listed}{when.format(mark=mark)}\n")
    assert [name for unit in units for name in unit.names("lead")] == leads


@pytest.mark.parametrize(
    ("head", "cell", "due"),
    [
        ("Thời gian (Năm 2026)", "Quý II", ("2026-04-01", "2026-06-30")),
        ("Tiến độ năm 2026", "Tháng 9", ("2026-09-01", "2026-09-30")),
        ("Thời gian (Năm 2026)", "Quý I/2025", ("2025-01-01", "2025-03-31")),
        ("Thời gian", "Quý II", (None, None)),
    ],
)
def test_a_year_over_a_column_is_that_of_its_cells(head: str, cell: str, due: tuple[str | None, str | None]) -> None:
    (unit,) = units_of(f"TT\tNhiệm vụ\tCơ quan chủ trì\t{head}\n1\tLát vỉa hè\tSở Xây dựng\t{cell}\n", YEARS)
    assert (unit.due_from, unit.due_to) == due


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("a) UBND cấp huyện chỉ đạo UBND cấp xã thực hiện:", ["UBND cấp huyện", "UBND cấp xã"]),
        (
            "a) Các Sở: Nội vụ, Lao động – Thương binh và Xã hội; Thanh tra tỉnh:",
            ["Sở Nội vụ", "Sở Lao động, Thương binh và Xã hội", "Thanh tra tỉnh"],
        ),
        (
            "a) Giao cho Văn phòng HĐND và UBND xã (có Đoàn Thanh niên giúp việc) các việc sau:",
            ["Văn phòng HĐND và UBND xã"],
        ),
        ("a) UBND các xã (trừ xã đảo) những việc sau:", ["UBND cấp xã"]),
        ("a) Sở Y tế (đầu mối nội dung 6):", ["Sở Y tế"]),
        ("a) Hội Nông dân xã lo các việc sau:", ["Hội Nông dân xã"]),
        ("a) Phòng Nội vụ - cơ quan thường trực của Ban Chỉ đạo", ["Phòng Nội vụ"]),
        ("a) Sở Y tế, đơn vị đầu mối về y tế", ["Sở Y tế"]),
        ("a) Thanh tra huyện – cơ quan đầu mối nội dung 4", ["Thanh tra cấp huyện"]),
        ("a) Phòng Tài chính - Kế hoạch, cơ quan thường trực", ["Phòng Tài chính - Kế hoạch"]),
        ("a) Hạt Kiểm lâm huyện", ["Hạt Kiểm lâm cấp huyện"]),
        ("a) Bưu điện", ["Bưu điện tỉnh"]),
        (
            "a) Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức thành viên",
            ["MTTQ tỉnh", "Các tổ chức thành viên"],
        ),
    ],
)
def test_a_sentence_over_a_list_gives_its_items_their_lead(heading: str, lead: list[str]) -> None:
    unit = units_of(f"II. NHIỆM VỤ\n1. Việc chung\n{heading}\n- Tạo điều kiện thuận lợi.\n- Theo dõi.\n")[0]
    assert (unit.names("lead"), unit.lead_basis) == (lead, "header")


@pytest.mark.parametrize(
    ("headings", "leads"),
    [
        (["A. TRẠM KHUYẾN NÔNG", "B. PHÒNG DÂN SỐ - TRẺ EM"], [["Trạm Khuyến nông"], ["Phòng Dân số - Trẻ em"]]),
        (["1. PHÒNG QUẢN LÝ RỪNG", "2. RỪNG PHÒNG HỘ"], [[], []]),
        (["1. SỞ Y TẾ, TRUNG TÂM DÂN SỐ", "2. CHI CỤC KIỂM LÂM"], [["Sở Y tế", "Trung tâm Dân số"], ["Chi cục Kiểm lâm"]]),
        (["1. CƠ QUAN THEO DÕI", "2. NỘI DUNG THEO DÕI"], [[], []]),
        (["1. PHÒNG, CHỐNG LŨ", "2. PHÒNG CHỐNG THIÊN TAI"], [[], []]),
        (["1. TỔ CHỨC HỘI NGHỊ", "2. BAN HÀNH VĂN BẢN"], [[], []]),
    ],
)  # fmt: skip
def test_headings_in_capitals_that_are_all_offices_lead_what_stands_below(
    headings: list[str], leads: list[list[str]]
) -> None:
    body = "".join(f"{heading}\na) Dán bảng giá.\nb) Vá đường.\n" for heading in headings)
    units = units_of(f"II. GIAO VIỆC\n{body}")
    assert [units[0].names("lead"), units[2].names("lead")] == leads


@pytest.mark.parametrize(
    "heading", ["a) Thanh tra, kiểm tra công vụ", "a) Các việc sau:", "a) Công tác y tế (Nội dung 6):"]
)
def test_a_heading_that_names_no_office_gives_none(heading: str) -> None:
    assert not units_of(f"II. NHIỆM VỤ\n{heading}\n- Dán bảng giá.\n- Vá đường.\n")[0].names("lead")


@pytest.mark.parametrize(
    ("bracket", "lead", "raw"),
    [
        ("(Sở Y tế, quý III/2021)", ["Sở Y tế"], "quý III/2021"),
        (
            "(tháng 10/2021; Sở Lao động, Thương binh và Xã hội)",
            ["Sở Lao động, Thương binh và Xã hội"],
            "tháng 10/2021",
        ),
        ("(công chức văn phòng - xong trước 20/3)", ["Công chức văn phòng"], "xong trước 20/3"),
        ("(Công an xã chủ trì, hằng tháng)", ["Công an cấp xã"], "hằng tháng"),
        ("(Sở Y tế; hai đợt, tháng 4 và tháng 9/2020)", ["Sở Y tế"], "hai đợt, tháng 4 và tháng 9/2020"),
        ("(quý II năm 2022)", [], "quý II năm 2022"),
        ("(xong trước 20/3)", [], "xong trước 20/3"),
        ("(năm 2020 có 12 vụ)", [], None),
        ("(Sở Y tế hướng dẫn)", [], None),
        ("(Sở Y tế, Công an xã)", [], None),
        ("(Sở Y tế, theo Quyết định số 12/QĐ-UBND ngày 03/4/2020)", [], None),
        ("(năm 2020: 12 vụ, Công an xã)", [], None),
    ],
)
def test_a_bracket_that_closes_a_sentence_says_who_by_when(bracket: str, lead: list[str], raw: str | None) -> None:
    (unit,) = units_of(f"II. NHIỆM VỤ\n- Phát tờ rơi ở chợ huyện {bracket}.\n")
    assert (unit.names("lead"), unit.timing_raw) == (lead, raw)


def test_another_section_gives_a_topic_or_a_dimension_its_lead_and_the_topic_comes_first() -> None:
    units = units_of("""II. NHIỆM VỤ
1. Quản trị môi trường
a) Xây dựng các mô hình bảo vệ môi trường.
b) Tiếp tục cung cấp nước sạch theo Chương trình mục tiêu quốc gia về nước sạch nông thôn.
III. PHÂN CÔNG
1. Sở Nông nghiệp và Phát triển nông thôn
Chủ trì, tổng hợp, báo cáo kết quả thực hiện Chương trình mục tiêu quốc gia về nước sạch nông thôn (trong nội dung “Quản trị môi trường”).
2. Sở Tài nguyên và Môi trường
Chủ trì, tổng hợp, báo cáo kết quả thực hiện nội dung “Quản trị môi trường”.
""")
    assert [(u.kind, u.names("lead"), u.lead_basis) for u in units] == [
        ("action", ["Sở Tài nguyên và Môi trường"], "assignment"),
        ("action", ["Sở Nông nghiệp và Phát triển nông thôn"], "assignment"),
        ("assignment", ["Sở Nông nghiệp và Phát triển nông thôn"], "header"),
        ("assignment", ["Sở Tài nguyên và Môi trường"], "header"),
    ]


@pytest.mark.parametrize(
    ("sentence", "environment", "services"),
    [
        (
            "Sở Y tế chủ trì nội dung “Cung ứng dịch vụ công”; Sở Tài nguyên và Môi trường chủ trì nội dung “Quản trị môi trường”.",
            ["Sở Tài nguyên và Môi trường"],
            ["Sở Y tế"],
        ),
        (
            "Sở Y tế chủ trì nội dung 6; giao Sở Xây dựng chủ trì nội dung 7; Văn phòng UBND tỉnh theo dõi, đôn đốc.",
            ["Sở Xây dựng"],
            ["Sở Y tế"],
        ),
        ("Thứ nhất, Sở Y tế chủ trì nội dung 6; Sở Xây dựng chủ trì nội dung 7.", ["Sở Xây dựng"], ["Sở Y tế"]),
        (
            "Sở Y tế; Sở Xây dựng chủ trì các nội dung 6 và 7; định kỳ tổng hợp kết quả.",
            ["Sở Y tế", "Sở Xây dựng"],
            ["Sở Y tế", "Sở Xây dựng"],
        ),
    ],
)
def test_one_sentence_gives_each_of_several_agencies_what_stands_behind_its_name(
    sentence: str, environment: list[str], services: list[str]
) -> None:
    above = "II. NHIỆM VỤ\n1. Quản trị môi trường\n- Trồng cây xanh ven đường.\n2. Cung ứng dịch vụ công\n- Sửa trạm y tế.\n"
    units = units_of(f"{above}III. TỔ CHỨC THỰC HIỆN\n1. {sentence}\n")
    assert [unit.names("lead") for unit in units[:2]] == [environment, services]
    assert units[2].kind == "assignment" and set(environment + services) <= set(units[2].names("lead"))


@pytest.mark.parametrize(
    ("sentence", "environment", "services"),
    [
        ("Sở Y tế: Chủ trì thực hiện các giải pháp về sửa trạm y tế thuộc Nội dung 6.", [], ["Sở Y tế"]),
        ("Sở Y tế: Chủ trì thực hiện các giải pháp về tiêm chủng thuộc Nội dung 6.", [], []),
        ("Sở Y tế: Chủ trì theo dõi các nhiệm vụ thuộc nội dung “Cung ứng dịch vụ công”.", [], ["Sở Y tế"]),
        ("Sở Y tế: Chủ trì nội dung 6 và các nhiệm vụ thuộc nội dung 7.", ["Sở Y tế"], ["Sở Y tế"]),
        ("Sở Y tế: Chủ trì nội dung 6; phối hợp với Sở Nội vụ theo dõi nội dung 7.", [], ["Sở Y tế"]),
        ("Sở Y tế: Chủ trì nội dung 6, phối hợp phụ trách nội dung 7.", [], ["Sở Y tế"]),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ thực hiện nội dung 6.", [], ["Sở Y tế"]),
        ("Sở Y tế: chủ trì, theo dõi nội dung 6. Sở Xây dựng: chủ trì nội dung 7.", ["Sở Xây dựng"], ["Sở Y tế"]),
        ("Sở Nội vụ làm đầu mối theo dõi, tổng hợp báo cáo UBND tỉnh kết quả thực hiện.", [], []),
        ("Sở Y tế: Chủ trì nội dung cung ứng dịch vụ công và quản trị môi trường.", ["Sở Y tế"], ["Sở Y tế"]),
        ("Sở Xây dựng: phụ trách công khai quy hoạch, đất đai và môi trường.", ["Sở Xây dựng"], []),
        ("Sở Xây dựng: phụ trách các nhiệm vụ về trồng cây xanh, sổ đỏ và rác thải.", ["Sở Xây dựng"], []),
        ("Phòng Kinh tế lo nội dung quản trị môi trường.", ["Phòng Kinh tế"], []),
        ("Phần trồng cây xanh, quét chợ do Phòng Kinh tế lo.", ["Phòng Kinh tế"], []),
        ("Riêng nội dung 7 giao Phòng Kinh tế chủ trì.", ["Phòng Kinh tế"], []),
        (
            "Sở Nội vụ chủ trì các nội dung 6 và 7, trừ nội dung 7 do Sở Xây dựng phụ trách.",
            ["Sở Xây dựng"],
            ["Sở Nội vụ"],
        ),
        ("Phòng Kinh tế chịu trách nhiệm thêm phần trồng cây xanh.", ["Phòng Kinh tế"], []),
        ("Trạm Y tế chịu trách nhiệm chung nội dung cung ứng dịch vụ công.", [], ["Trạm Y tế"]),
        ("Ông Lê Văn Tám, Phó Chủ tịch, trông coi việc sửa trạm y tế.", [], ["Cá nhân được nêu tên"]),
        ("Trạm Y tế: thường trực; chủ trì phần việc về cung ứng dịch vụ công.", [], ["Trạm Y tế"]),
        (
            "Sở Y tế chủ trì nội dung 6. Sở Xây dựng chủ trì thực hiện các nội dung còn lại.",
            ["Sở Xây dựng"],
            ["Sở Y tế"],
        ),
        ("Các nội dung còn lại do Sở Xây dựng chủ trì.", ["Sở Xây dựng"], ["Sở Xây dựng"]),
        ("Sở Xây dựng: các nội dung còn lại.", ["Sở Xây dựng"], ["Sở Xây dựng"]),
        ("Phòng Kinh tế lo phần còn lại.", ["Phòng Kinh tế"], ["Phòng Kinh tế"]),
        ("Những việc chưa giao do Phòng Kinh tế đảm nhiệm.", ["Phòng Kinh tế"], ["Phòng Kinh tế"]),
        ("Phòng Kinh tế phụ trách các vụ việc còn lại về chợ.", [], []),
    ],
)
def test_an_assignment_gives_what_it_names_and_no_more(
    sentence: str, environment: list[str], services: list[str]
) -> None:
    above = "II. NHIỆM VỤ THỰC HIỆN\n1. Quản trị môi trường\n- Trồng cây xanh.\n2. Cung ứng dịch vụ công\n- Sửa trạm y tế.\n"
    units = units_of(f"{above}III. PHÂN CÔNG\n1. {sentence}\n")
    assert units[2].kind == "assignment"
    assert [unit.names("lead") for unit in units[:2]] == [environment, services]


@pytest.mark.parametrize(
    ("rest", "health"),
    [
        (", trừ nội dung thành phần “Y tế công lập” giao Sở Y tế chủ trì.", ["Sở Y tế"]),
        ("; riêng nội dung “Y tế công lập” do Sở Y tế đảm nhiệm.", ["Sở Y tế"]),
        (". Trong đó, nội dung thành phần 6.1 do Sở Y tế phụ trách.", ["Sở Y tế"]),
        (", không kể nội dung thành phần “Y tế công lập”.", []),
        (" (không bao gồm nội dung thành phần 6.1).", []),
        (", trong đó chú trọng chất lượng.", ["Sở Nội vụ"]),
    ],
)
def test_what_an_assignment_excepts_goes_to_whom_it_names(rest: str, health: list[str]) -> None:
    above = "II. NHIỆM VỤ\n1. Cung ứng dịch vụ công\n1.1. Y tế công lập\n- Sửa trạm.\n1.2. Giáo dục tiểu học công lập\n- Sửa lớp.\n"
    units = units_of(f"{above}III. PHÂN CÔNG\n1. Sở Nội vụ chủ trì nội dung 6{rest}\n")
    assert [unit.names("lead") for unit in units[:2]] == [health, ["Sở Nội vụ"]]


@pytest.mark.parametrize(
    ("given", "lead"),
    [
        ("Chủ trì các nội dung Trách nhiệm giải trình với người dân và Kiểm soát tham nhũng.", ["Thanh tra tỉnh"]),
        ("Chủ trì nội dung “Trách nhiệm giải trình với người dân”.", ["Thanh tra tỉnh"]),
        ("Chủ trì nội dung Cung ứng dịch vụ công.", []),
    ],
)
def test_a_dimension_that_is_given_covers_tasks_that_stand_under_no_dimension(given: str, lead: list[str]) -> None:
    document = f"II. NHIỆM VỤ\nA. Nhóm giải pháp về đối thoại\n1. Rà soát các vụ khiếu nại, tố cáo tồn đọng.\nIII. TỔ CHỨC THỰC HIỆN\n1. Thanh tra tỉnh: {given}\n"
    units = units_of(document)
    matches = Matcher.shipped().match([unit.text for unit in units])
    first, *_ = assign([replace(unit, match=match) for unit, match in zip(units, matches)])
    assert first.names("lead") == lead


def test_what_a_task_says_itself_counts_before_what_is_said_of_its_list() -> None:
    over = "1. Chợ (Phòng Y tế chủ trì)\nThời gian thực hiện: quý II/2021\n"
    units = units_of(f"I. NHIỆM VỤ\n{over}a) Công an xã gác chợ trước ngày 15/3/2021.\nb) Dọn chợ.\n")
    assert [(u.names("lead"), u.lead_basis, u.due_to, u.timing_basis) for u in units] == [
        (["Công an cấp xã"], "text", "2021-03-15", "text"),
        (["Phòng Y tế"], "merged", "2021-06-30", "merged"),
    ]


def test_names_before_colons_in_one_sentence_are_all_leads() -> None:
    line = "- Công chức văn phòng: đầu mối chung; công chức địa chính: công khai quy hoạch; rà soát đất công."
    (unit,) = units_of(f"II. PHÂN CÔNG\n1. Việc chung\n{line}\n")
    assert unit.names("lead") == ["Công chức văn phòng", "Công chức địa chính"]


@pytest.mark.parametrize(
    ("cell", "said", "due"),
    [
        ("Thường xuyên", "ongoing", (None, None)),
        ("Hàng năm", "annual", (None, None)),
        ("Hàng quý", "quarterly", (None, None)),
        ("6 tháng/lần", "semiannual", (None, None)),
        ("Sáu tháng đầu năm", "dated", ("2021-01-01", "2021-06-30")),
        ("Mỗi năm hai lần", "semiannual", (None, None)),
        ("Định kỳ hàng quý, 6 tháng, năm", "quarterly", (None, None)),
        ("Trước bầu cử", "event", (None, None)),
        ("Sau khi ban hành", "event", (None, None)),
        ("Khi có văn bản dự thảo", "event", (None, None)),
        ("Trước, sau tuyển dụng", "event", (None, None)),
        ("Theo quy định", "regulation", (None, None)),
        ("Quý I-II/2021", "dated", ("2021-01-01", "2021-06-30")),
        ("Quý III năm 2023", "dated", ("2023-07-01", "2023-09-30")),
        ("Trước ngày 15/12", "dated", (None, "2021-12-15")),
        ("Trước 30/11/2023", "dated", (None, "2023-11-30")),
        ("Tháng 6/2022", "dated", ("2022-06-01", "2022-06-30")),
        ("Năm 2022", "dated", ("2022-01-01", "2022-12-31")),
        ("T7-T8/2024", "dated", ("2024-07-01", "2024-08-31")),
        ("T.9", "dated", ("2021-09-01", "2021-09-30")),
        ("QI-QII/2022", "dated", ("2022-01-01", "2022-06-30")),
        ("Quí III", "dated", ("2021-07-01", "2021-09-30")),
        ("Hàng qúy", "quarterly", (None, None)),
        ("Định kì hằng tháng", "monthly", (None, None)),
        ("2022-2025", "dated", ("2022-01-01", "2025-12-31")),
        ("Cuối năm", "dated", (None, "2021-12-31")),
        ("Trong năm học 2021 - 2022", "dated", ("2021-09-05", "2022-05-31")),
        ("Đầu năm học", "dated", (None, None)),
        ("30/6/2022", "dated", ("2022-06-30", "2022-06-30")),
        ("02 lần/năm (tháng 5, tháng 10)", "semiannual", ("2021-05-01", "2021-10-31")),
        ("Mỗi năm 02 lần", "semiannual", (None, None)),
        ("04 lần/năm", "quarterly", (None, None)),
        ("Hằng năm, trước 15/12", "annual", (None, "2021-12-15")),
        ("Hàng đêm", "ongoing", (None, None)),
        ("Hai đêm mỗi tuần", "ongoing", (None, None)),
        ("Các đêm trong tuần", "ongoing", (None, None)),
        ("Quanh năm", "ongoing", (None, None)),
        ("Mùa nước nổi", "event", (None, None)),
        ("", "unspecified", (None, None)),
        ("xyz", "unspecified", (None, None)),
    ],
)
def test_timing_is_read_from_a_cell(cell: str, said: str, due: tuple[str | None, str | None]) -> None:
    found = timing.of_cell(cell, YEAR)
    assert (found.timing, (found.due_from, found.due_to)) == (said, due)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Từ 01/7", ("2021-07-01", None)),
        ("15/3 và 15/9/2022", ("2022-03-15", "2022-09-15")),
        ("31/4", ("2021-04-30", "2021-04-30")),
        ("6 tháng cuối năm", ("2021-07-01", "2021-12-31")),
        ("Quý 2, Quý 4", ("2021-04-01", "2021-12-31")),
        ("Quý IV/2021 - Quý I/2022", ("2021-10-01", "2022-03-31")),
        ("tháng 3 và tháng 5", ("2021-03-01", "2021-05-31")),
        ("tháng 3, 6, 9 và 12", ("2021-03-01", "2021-12-31")),
        ("tháng 6, 20 hộ", ("2021-06-01", "2021-06-30")),
        ("11.2024", ("2024-11-01", "2024-11-30")),
        ("01.11.2024", ("2024-11-01", "2024-11-01")),
        ("Quý I, II, IV/2022", ("2022-01-01", "2022-12-31")),
        ("Năm học 2021-2022", ("2021-09-05", "2022-05-31")),
        ("Tháng 9, năm học 2021-2022", dates.UNKNOWN),
        ("Tháng 9/2021, đầu năm học", ("2021-09-01", "2021-09-30")),
        ("đến năm 2025", (None, "2025-12-31")),
        ("Năm 2022 và các năm tiếp theo", ("2022-01-01", None)),
        ("khi ban hành", None),
        ("trước tháng 6", (None, "2021-05-31")),
        ("Trước quý I/2022", (None, "2021-12-31")),
        ("từ quý III năm 2022", ("2022-07-01", None)),
        ("từ tháng 3 đến tháng 5/2022", ("2022-03-01", "2022-05-31")),
    ],
)
def test_a_written_date_is_two_days(words: str, days: dates.Days | None) -> None:
    assert dates.days(words, 2021) == days


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Tổng hợp, báo cáo UBND tỉnh trước 15/6 và 15/12/2021.", ("2021-06-15", "2021-12-15")),
        ("Báo cáo trước ngày 10/6, ngày 10/9 và ngày 10/12.", ("2021-06-10", "2021-12-10")),
        ("Sơ kết trước ngày 15/6/2021; báo cáo tổng kết trước ngày 15/12/2021.", ("2021-06-15", "2021-12-15")),
        ("Kiểm tra trong quý II và quý IV.", ("2021-04-01", "2021-12-31")),
        ("Làm từ tháng 3, xong trước ngày 30/6.", ("2021-03-01", "2021-06-30")),
        ("Gửi trước ngày 15/6 để Sở Nội vụ báo cáo trước ngày 20/6.", (None, "2021-06-15")),
        ("Đối thoại với dân 02 lần/năm (tháng 5, tháng 10).", ("2021-05-01", "2021-10-31")),
        ("Từ tháng 10 đến tháng 12/2021 kiểm tra dạy thêm.", ("2021-10-01", "2021-12-31")),
    ],
)
def test_of_several_dates_in_a_text_none_is_lost(text: str, due: dates.Days) -> None:
    found = timing.of_text(text, YEAR, is_report=True)
    assert (found.due_from, found.due_to) == due


def test_a_date_without_a_year_is_no_day_in_a_plan_for_several_years() -> None:
    assert [dates.days(words, None) for words in ("trước 15/3", "Quý II", "tháng 5")] == [dates.UNKNOWN] * 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thường xuyên kiện toàn và bố trí nhân sự.", "ongoing"),
        ("thông tin thường xuyên, cụ thể các hoạt động của các tổ chức", "ongoing"),
        ("tăng tỷ lệ hộ sử dụng điện thường xuyên, an toàn từ các nguồn điện", "unspecified"),
        ("đảm bảo việc thu gom rác thải thường xuyên, không để tồn đọng", "unspecified"),
        ("thực hiện lịch tiếp công dân định kỳ và đột xuất của Chủ tịch", "unspecified"),
        ("các cuộc họp thường xuyên hoặc bất thường", "unspecified"),
        ("nâng cao Chỉ số PAPI của tỉnh hằng năm; đẩy mạnh kiểm tra", "unspecified"),
        ("công bố danh mục văn bản hết hiệu lực hàng năm bằng các hình thức phù hợp", "annual"),
        ("xử lý theo đúng quy định của pháp luật", "unspecified"),
        ("công khai khi có sự điều chỉnh quy hoạch, kế hoạch sử dụng đất.", "event"),
        ("Thực hiện Nghị định số 90/2013/NĐ-CP ngày 08/8/2013 của Chính phủ", "unspecified"),
        ("gửi Sở Nội vụ trước ngày 31/03/2020 để theo dõi", "dated"),
        ("Thực hiện Kế hoạch cải cách hành chính giai đoạn 2021 - 2030", "unspecified"),
        ("Phấn đấu đến năm 2025 nằm trong nhóm 20 địa phương dẫn đầu", "unspecified"),
        ("Phấn đấu đến năm 2024 đạt nhóm trung bình cao", "dated"),
        ("hoàn thành trong quý II/2023", "dated"),
        ("Trong 6 tháng đầu năm 2023, Sở Nội vụ tập huấn xong cho trưởng thôn", "dated"),
        ("Mỗi năm hai lần, Sở Y tế chấm điểm nhà vệ sinh bệnh viện", "semiannual"),
        ("tham gia bầu cử đại biểu Quốc hội vào ngày 15 tháng 3 năm 2026; chuẩn bị điểm bỏ phiếu", "dated"),
        ("mỗi huyện chọn 02 xã làm điểm, sơ kết vào tháng 11", "dated"),
        ("hộ chăn nuôi không có hầm biogas phải xử lý xong trước tháng 6", "dated"),
        ("công khai các khoản thu ngay từ đầu năm học 2022 - 2023", "dated"),
        ("Trong năm học 2023 - 2024, mỗi trường mời cha mẹ dự giờ hai buổi.", "dated"),
        ("Lắp vòi nước ở 12 trường trong năm học 2024-2025.", "dated"),
        ("Năm học 2024 - 2025: các trường công khai khoản thu.", "dated"),
        ("Báo cáo kết quả năm học 2022-2023 cho cha mẹ học sinh.", "unspecified"),
        ("đọc trên loa truyền thanh vào tuần đầu của tháng", "monthly"),
        ("công khai dự toán và quyết toán thu, chi ngân sách theo quý, năm", "quarterly"),
        ("Giám đốc Sở tiếp công dân định kỳ, đối thoại với hộ bị thu hồi đất", "ongoing"),
        ("trực tiếp tiếp công dân định kỳ vào ngày 15 hằng tháng", "monthly"),
        ("chuyển đổi vị trí công tác định kỳ và tăng cường kiểm tra", "ongoing"),
        ("xây dựng kế hoạch gắn với kết quả kiểm tra định kỳ của cấp trên", "unspecified"),
        ("phối hợp kiểm tra đánh giá lại theo định kỳ các trường đạt chuẩn", "unspecified"),
        ("kêu gọi người dân đến trạm y tế xã khám sức khỏe định kỳ", "unspecified"),
        ("tiếp công dân mỗi tuần một buổi", "ongoing"),
        ("thu gom rác thải ít nhất hai lần trong tuần", "ongoing"),
        ("phát thanh vào sáng thứ Ba, thứ Sáu", "ongoing"),
        ("tổ chức giám sát ít nhất 02 cuộc trong năm", "annual"),
        ("kiểm tra các chợ 01 lần/quý", "quarterly"),
        ("Quý IV/2023: tổng kết phong trào ở các thôn", "dated"),
        ("vá xong mặt cầu, phấn đấu quý III xong", "dated"),
        ("Dịp nghỉ hè, mở lớp bơi cho học sinh", "event"),
        ("mở loa các tối thứ Ba, thứ Bảy", "ongoing"),
        ("cử người đưa đường khi đoàn kiểm tra về", "event"),
        ("quý nào công khai quý đó", "quarterly"),
        ("xong đoạn nào nghiệm thu đoạn đó", "event"),
        ("hồ sơ ngày nào trả ngày đó", "unspecified"),
        ("bảo đảm học sinh được học hai buổi/ngày", "unspecified"),
        ("nâng cấp lưới điện, khắc phục tình trạng điện yếu vào mùa khô", "unspecified"),
        ("khắc phục tình trạng thông báo cho dân biết sau khi đã quyết định", "unspecified"),
        ("phấn đấu người dân tin tưởng và lựa chọn Tòa án nhân dân khi có tranh chấp dân sự", "unspecified"),
        ("hướng dẫn hộ gia đình xử lý nước giếng trước khi dùng", "unspecified"),
        ("cung cấp đầy đủ cho công dân khi có yêu cầu", "event"),
        ("khắc phục tình trạng sạt lở trước mùa mưa", "event"),
        ("hướng dẫn người dân khi mất giấy tờ thì khai báo ở đâu", "unspecified"),
        ("hướng dẫn người dân khi có dự thảo bảng giá đất", "event"),
        ("chứng thực giấy tờ giải quyết ngay khi dân đến, không hẹn sang ngày khác", "unspecified"),
        ("nhận hồ sơ ngay khi công dân tới bộ phận một cửa", "unspecified"),
        ("phấn đấu đến tháng 11/2018 giải quyết dứt điểm trên 85% vụ việc", "dated"),
        ("phấn đấu đến ngày 30/11 xong các vụ tồn đọng", "dated"),
        ("tính đến tháng 6/2018 mới có 40% thôn họp dân", "unspecified"),
        ("kiểm tra những vị trí thường xuyên tiếp xúc với người dân", "unspecified"),
        ("tại trụ sở thường xuyên kiểm tra bảng tin", "ongoing"),
        ("vận động người dân hiến đất nhân dịp ngày hội đại đoàn kết", "event"),
        ("Lên sóng chuyên mục giải đáp pháp luật từ tháng 7 năm 2023.", "dated"),
        ("Phổ biến Luật Đất đai có hiệu lực từ tháng 8 năm 2024.", "unspecified"),
        ("Công khai kết quả trước và sau mỗi kỳ xét tuyển.", "event"),
        ("Chọn ba xã để làm trước, mỗi xã cử một người dự.", "unspecified"),
        ("Sáng thứ Bảy đầu tháng mở cửa cho người đi làm.", "monthly"),
        ("Tối thứ Ba dạy dùng máy ở nhà văn hóa.", "ongoing"),
        ("Trạm y tế chiều nào cũng có người trực.", "ongoing"),
        ("Mô hình tổ tự quản hoạt động thường xuyên.", "ongoing"),
        ("Công khai chi hoạt động thường xuyên của xã.", "unspecified"),
        ("Dán bảng thu trước ngày bầu cử.", "event"),
        ("Để lại số máy để dân gọi hỏi trước khi chuyển tiền.", "unspecified"),
        ("Vá xong mặt đường để kịp dùng trước khi mưa.", "event"),
        ("Khám cho người từ 60 tuổi trong năm 2024.", "dated"),
        ("Sửa cầu; đến hết năm 2024 thôn nào cũng có đường ô tô.", "dated"),
        ("Phổ biến chính sách có hiệu lực trong năm 2024.", "unspecified"),
        ("Báo dân sau mỗi quý.", "quarterly"),
        ("Duy trì kiểm tra thường xuyên ở bộ phận một cửa.", "ongoing"),
        ("Đo bụi ở cổng chợ mỗi chiều.", "ongoing"),
        ("Thuê hai xe chở rác mỗi sáng, xong trước 30/6/2021.", "dated"),
        ("Tuần nào cũng gọi lại cho người nộp hồ sơ.", "ongoing"),
        ("Cứ mười lăm ngày soát sổ một lần.", "ongoing"),
        ("Tháng nào cũng đọc thu chi trước dân.", "monthly"),
        ("Thay bảng giá xong trong T9/2024.", "dated"),
        ("Họp dân hằng quí.", "quarterly"),
    ],
)
def test_timing_is_read_from_a_text_only_where_it_is_its_own(text: str, said: str) -> None:
    assert timing.of_text(text, YEARS, is_report=False).timing == said


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU\n1. Yêu cầu\n- Việc thực hiện phải gắn với cải cách hành chính.", "objective"),
        ("IV. KINH PHÍ THỰC HIỆN\nKinh phí do ngân sách nhà nước đảm bảo.", "objective"),
        (
            "II. NHIỆM VỤ\n1. Nội dung 6: “Cung ứng dịch vụ công”\nY tế công: Tỷ lệ người dân có bảo hiểm y tế (%).",
            "description",
        ),
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Giao Sở Nội vụ theo dõi, đôn đốc các đơn vị triển khai Kế hoạch này.",
            "assignment",
        ),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ làm đầu mối, theo dõi, tổng hợp, báo cáo UBND tỉnh.", "assignment"),
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Các sở, ban, ngành\na) Định kỳ hàng quý báo cáo kết quả thực hiện về UBND tỉnh.",
            "reporting",
        ),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Đài Phát thanh và Truyền hình tỉnh đẩy mạnh tuyên truyền Kế hoạch này.", "action"),
        ("I. ĐÁNH GIÁ KẾT QUẢ NĂM 2021\n1. Các sở đã mở 27 lớp tập huấn.", "description"),
        ("I. ĐÁNH GIÁ KẾT QUẢ NĂM 2021\n1. Năm 2021, Công an tỉnh đã phá 12 sới bạc.", "description"),
        ("I. TỒN TẠI, HẠN CHẾ\n- Giải pháp: Sở Tư pháp rà soát những thủ tục đã công bố.", "action"),
        ("I. KẾT QUẢ NĂM 2020\n1. Y tế\n- Trạm Y tế xã khám cho 4.200 lượt người.", "description"),
        ("I. KẾT QUẢ NĂM 2020\n1. Y tế\n- Cần mua thêm giường bệnh trước khi mùa mưa đến.", "action"),
        ("II. KHẮC PHỤC TỒN TẠI, HẠN CHẾ\n- Mỗi bản họp dân một lần để nghe góp ý.", "action"),
        ("II. Y TẾ\nQua rà soát còn các hạn chế sau:\n- Trạm y tế thiếu thuốc.", "description"),
        ("II. Y TẾ\nKhắc phục các hạn chế sau:\n- Trạm y tế thiếu thuốc.", "action"),
        ("II. Y TẾ\n1. Trục này xem người dân có phải đưa thêm tiền khi đi viện hay không.", "description"),
        ("II. Y TẾ\n1. Nội dung y tế công lập: hỏi về thời gian chờ và giá thuốc.", "description"),
        ("II. Y TẾ\n1. Theo bộ câu hỏi, nội dung này còn hỏi người dân có phải chờ lâu không.", "description"),
        ("II. Y TẾ\n1. Nội dung tuyên truyền phải đo lường được, hỏi người dân sau mỗi buổi.", "action"),
        ("II. Y TẾ\n1. Thời gian qua, nhiều bản vẫn dùng nước khe.", "description"),
        ("II. Y TẾ\n1. Hiện nay 3 bản chưa có điện; UBND xã đề nghị Điện lực kéo điện.", "action"),
        ("II. Y TẾ\n1. Công tác tiếp dân còn hình thức, sổ ghi chép sơ sài.", "description"),
        ("II. Y TẾ\n1. Những bản chưa có nhà văn hóa thì họp dân tại trường học.", "action"),
        ("II. Y TẾ\n1. Năm 2020, số hộ dùng nước máy là 41%.", "description"),
        ("II. Y TẾ\n1. Năm 2021, số hộ dùng nước máy là 45%.", "action"),
        ("II. Y TẾ\n1. UBND xã đã lắp 12 bóng đèn đường và sửa hai phòng học.", "description"),
        ("II. Y TẾ\n1. Trường nào còn thiếu giáo viên thì điều động từ trường khác.", "action"),
        ("II. NHIỆM VỤ\n1. Các sở đã được giao việc thì làm ngay.", "action"),
        (
            "II. THI ĐUA\nTập thể được xét khen thưởng khi đạt đủ các điều kiện:\na) Nộp báo cáo đúng hạn.",
            "description",
        ),
        ("II. THI ĐUA\n1. Đơn vị được xét khen thưởng nếu:\na) Trả trước hạn 99% hồ sơ.", "description"),
        ("II. BẦU CỬ\n1. Bảo đảm các điều kiện cho bầu cử:\na) Chuẩn bị phòng phiếu ở từng thôn.", "action"),
        ("II. CÔNG KHAI\n1. Xây dựng xã đạt các tiêu chí nông thôn mới:\na) Lát đường.", "action"),
        ("l. MUC ĐlCH, YÊU CẨU\n1. Muc đích\n- Duy trì các nội dung đã đạt điểm cao.", "objective"),
        ("I. CÔNG KHAI\n1. Chi tiêu\n- Dán sổ chi ở nhà văn hóa.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 20/12.", "reporting"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Các phòng, đơn vị báo cáo Văn phòng Sở trước ngày 20.", "reporting"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ báo cáo chuyên đề về PAPI tại hội nghị trưởng thôn.", "action"),
        (
            "III. TỔ CHỨC THỰC HIỆN\nQuá trình thực hiện nếu có khó khăn, các cơ quan phản ánh về Sở Nội vụ để tổng hợp./.",
            "reporting",
        ),
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ: Chủ trì nội dung “Tham gia của người dân ở cấp cơ sở”.\n"
            "2. Công an xã: Phụ trách tiêu chí an ninh, trật tự khu dân cư.",
            "assignment",
        ),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Công an xã: Chủ trì thực hiện tuần tra ban đêm.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Công an xã lo an ninh, trật tự ở các ấp.", "assignment"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Tuần tra, canh gác do Công an xã phụ trách.", "assignment"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Chỉ số thành phần 6.4 do Công an xã thực hiện.", "assignment"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Tập huấn nội dung 6 cho trưởng ấp do Sở Nội vụ thực hiện.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Tổng hợp, đánh giá tiến độ và trình UBND xã trước ngày 15/12.", "reporting"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Các thôn báo kết quả về Văn phòng mỗi tháng.", "reporting"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. UBND các xã xây dựng kế hoạch của xã mình trước ngày 01/3.", "reporting"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng trình UBND tỉnh bảng giá nhà trước ngày 01/3.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Đề nghị UBND các xã cử người làm đầu mối nhận tin.", "action"),
        ("II. NỘI DUNG\n1. Đến hết năm 2027 phấn đấu mọi thôn có đường nhựa.", "objective"),
        ("II. NỘI DUNG\n1. Kế hoạch phải ngắn, rõ việc.", "objective"),
        ("I. TÌNH HÌNH Ở CÁC ẤP\n1. Ấp có 12 tổ, 900 hộ.", "description"),
        ("II. NHIỆM VỤ\n1. Lưu ý: phần này hỏi cảm nhận của người dân về trạm y tế.", "description"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Việc nào vượt thẩm quyền thì báo Chủ tịch xã.", "reporting"),
        ("II. NHIỆM VỤ\n1. Kiểm soát tham nhũng\nTuyển người do tỉnh làm, xã không đặt ra nhiệm vụ.", "description"),
        ("II. NHIỆM VỤ\n1. Cung ứng dịch vụ công\nCông an xã phụ trách tuần tra ban đêm.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Bà Lê Thị Lụa, công chức văn hóa, đọc tin trên loa mỗi sáng.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Đồng chí Hà Văn Tám hướng dẫn dân ghi tờ khai.", "action"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Ông Trần Văn Đực, Phó Chủ tịch UBND xã, phụ trách nội dung 6.", "assignment"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Ông Ngô Văn Tám: y tế, trường học, sửa đường sá.", "assignment"),
        ("II. NHIỆM VỤ\n- Cuối cùng, phấn đấu 95% hồ sơ trả đúng hạn.", "objective"),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở: đầu mối, chủ trì nội dung quản trị điện tử.", "assignment"),
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Thanh tra Sở chủ trì nội dung quyết tâm chống tham nhũng và công bằng trong tuyển dụng vào khu vực công.",
            "assignment",
        ),
        ("III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở chủ trì cải cách thủ tục hành chính tại đơn vị.", "action"),
        (
            "III. TỔ CHỨC THỰC HIỆN\n1. Công chức văn phòng: đầu mối chung; công chức tài chính: công khai ngân sách xã.",
            "assignment",
        ),
        (
            "II. NHIỆM VỤ\n1. Cung ứng dịch vụ công\n- Phấn đấu cứng hóa 3 km lộ ấp; tổ chức thu gom rác tận nhà.",
            "action",
        ),
        (
            "II. NHIỆM VỤ\n1. Cung ứng dịch vụ công\n- Phấn đấu 92% người dân có thẻ bảo hiểm; giảm 10% số vụ trộm cắp.",
            "objective",
        ),
        ("I. VIỆC CHUNG\n1. Mục tiêu: Ít nhất 90% đơn được trả lời đúng hẹn.", "objective"),
        ("I. VIỆC CHUNG\n1. Chỉ tiêu năm 2024: mỗi thôn có một điểm thu gom rác.", "objective"),
        ("I. VIỆC CHUNG\n1. Giải pháp: Ít nhất mỗi xã lập một sổ hẹn.", "action"),
        ("I. VIỆC CHUNG\n1. Mục tiêu cải cách: Sở Nội vụ lập sổ hẹn.", "action"),
        ("I. VIỆC CHUNG\n1. Tồn tại: Nhiều người không biết giá đất.", "description"),
        ("I. VIỆC CHUNG\n1. Nguyên nhân chủ yếu: Bảng giá chỉ đăng công báo.", "description"),
        ("I. VIỆC CHUNG\n1. Tồn tại: Sổ hẹn phải mở lại ở ba xã.", "description"),
        ("I. VIỆC CHUNG\n1. Kết quả giải quyết hồ sơ: niêm yết ở trụ sở.", "action"),
        ("I. VIỆC CHUNG\n1. Báo cáo viên của Sở về từng cụm xã nói chuyện.", "action"),
        ("I. VIỆC CHUNG\n1. Báo cáo viên, tuyên truyền viên xã giải thích quy hoạch.", "action"),
        ("I. VIỆC CHUNG\n1. Báo cáo chuyên đề về quyền của cử tri tại hội nghị thôn.", "action"),
        ("I. VIỆC CHUNG\n1. Báo cáo chuyên đề gửi Sở Nội vụ trước ngày 15/12.", "reporting"),
        ("I. VIỆC CHUNG\n1. Báo cáo UBND tỉnh danh sách báo cáo viên.", "reporting"),
        ("I. VIỆC CHUNG\n1. Mở lớp.\nGhi chú: Thời hạn trên là thời hạn có sản phẩm.", "action"),
        ("I. VIỆC CHUNG\nGhi chú: Thời hạn trên là thời hạn có sản phẩm.", "description"),
        ("I. VIỆC CHUNG\n(*) Số hộ tính đến cuối năm trước.", "description"),
        ("I. VIỆC CHUNG\nLưu ý: Sở Nội vụ gửi số liệu trước ngày 10/12.", "action"),
        ("I. VIỆC CHUNG\n(*) Sở Nội vụ gửi số liệu trước ngày 10/12.", "action"),
        ("I. VIỆC CHUNG\n1. Ông bà có được mời họp thôn không?", "description"),
        ("I. VIỆC CHUNG\nCâu 2. Gia đình dùng nước gì? ☐ Giếng ☐ Máy", "description"),
    ],
)
def test_the_kind_is_read_from_the_words_and_the_heading(document: str, kind: str) -> None:
    assert units_of(document + "\n")[-1].kind == kind


BOTH = "II. HẠN CHẾ VÀ BIỆN PHÁP KHẮC PHỤC\n"


@pytest.mark.parametrize(
    ("headings", "text", "kind"),
    [
        (f"{BOTH}1. Hạn chế về công khai", "- UBND các xã đọc bảng chi trên loa mỗi quý.", "action"),
        (f"{BOTH}1. Hạn chế về công khai (nội dung 2: Công khai, minh bạch)", "- In bảng chi, treo tại chợ.", "action"),
        (f"{BOTH}1. Hạn chế về công khai", "- In khổ lớn bảng chi.\nThời hạn: trước ngày 30/8/2020.", "action"),
        (f"{BOTH}1. Hạn chế về công khai", "Hơn nửa số người được hỏi không biết ngân sách xã.", "description"),
        (f"{BOTH}1. Hạn chế về công khai", "- Bảng chi khổ nhỏ, treo trong phòng họp.", "description"),
        (f"{BOTH}1. Hạn chế về công khai", "- Niêm yết bảng chi chưa kịp thời.", "description"),
        (f"{BOTH}1. Hạn chế về công khai", "- Chấn chỉnh việc niêm yết bảng chi chưa kịp thời.", "action"),
        (f"{BOTH}1. Hạn chế về công khai", "- UBND các xã niêm yết còn hình thức.", "description"),
        (f"{BOTH}1. Hạn chế về công khai", "- UBND các xã không có người thay.", "description"),
        (f"{BOTH}1. Hạn chế về công khai", "Các xã chưa họp. Sở Tư pháp mở lớp trước ngày 30/8.", "action"),
        (f"{BOTH}1. Hạn chế về công khai\na) Biểu hiện", "- Công chức kế toán ngại giải thích.", "description"),
        (f"{BOTH}1. Hạn chế về công khai\na) Nguyên nhân", "- Tổ chức họp ở nhiều nơi xa dân.", "description"),
        (f"{BOTH}1. Hạn chế về công khai\na) Hướng khắc phục:", "- Mỗi xã một bảng lớn.", "action"),
        (f"{BOTH}1. Tồn tại, hạn chế", "- Giải quyết hồ sơ đất đai trễ hẹn.", "description"),
        (f"{BOTH}1. Công khai", "- Niêm yết bảng chi chưa kịp thời.", "description"),
        (f"{BOTH}1. Công khai", "- Bảng chi treo ở chợ.", "action"),
        ("B. ĐIỂM YẾU, HƯỚNG XỬ LÝ\nI. Điểm yếu thứ hai: an ninh", "+ Công an xã tuần tra ban đêm.", "action"),
        ("B. ĐIỂM YẾU, HƯỚNG XỬ LÝ\nI. Điểm yếu thứ hai: an ninh", "+ Trộm vặt xảy ra ở ba thôn.", "description"),
        ("II. NHIỆM VỤ, GIẢI PHÁP\n1. Nội dung mất điểm: y tế", "- Mua thêm giường bệnh.", "action"),
        ("II. KHẮC PHỤC CÁC TỒN TẠI\n2.1. Tồn tại trong tiếp dân", "a) Thanh tra huyện giải quyết 37 đơn.", "action"),
        ("II. KHẮC PHỤC CÁC TỒN TẠI\n2.1. Tồn tại trong tiếp dân", "a) Đơn chuyển lòng vòng.", "description"),
        ("II. NHỮNG TỒN TẠI\n1. Hạn chế về công khai", "- Niêm yết ngân sách ở tầng hai.", "description"),
        ("I. KẾT QUẢ, NHIỆM VỤ\n1. Kết quả", "- Tổ chức 12 lớp tập huấn.", "description"),
    ],
)
def test_below_a_weakness_its_own_words_tell_a_remedy_from_what_is_wrong(headings: str, text: str, kind: str) -> None:
    assert [unit.kind for unit in units_of(f"{headings}\n{text}\n")] == [kind]


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("Việc bầu trưởng thôn bằng phiếu kín; Phòng Nội vụ cử người tham dự.", True),
        ("Việc bầu trưởng thôn bằng phiếu kín; kết quả dán ở nhà văn hóa.", False),
    ],
)
def test_what_begins_as_told_is_surely_a_task_where_a_duty_stands_behind_it(text: str, is_sure: bool) -> None:
    (unit,) = units_of(f"II. NHIỆM VỤ\n- {text}\n")
    assert (unit.kind, unit.kind_sure) == ("action", is_sure)


@pytest.mark.parametrize(
    "line",
    ["Cơ quan chủ trì khắc phục: Sở Tư pháp", "Đơn vị chịu trách nhiệm xử lý: Sở Tư pháp", "Chủ trì xử lý: Sở Tư pháp"],
)
def test_a_label_may_say_what_is_done(line: str) -> None:
    for document in (
        f"1. Hòa giải\n{line}\n- Củng cố các tổ hòa giải.\n- Mở lớp.",
        f"- Củng cố các tổ hòa giải.\n{line}",
    ):
        leads = [[one.agency for one in unit.agencies] for unit in units_of(f"II. NHIỆM VỤ\n{document}\n")]
        assert set(map(tuple, leads)) == {("Sở Tư pháp",)}, leads


def test_the_time_of_a_list_is_no_time_of_what_only_describes() -> None:
    units = units_of(
        "II. NHIỆM VỤ\n1. Công khai\n- Hạn chế: Dân không biết giá đất.\n- Dán giá đất.\nThời hạn: quý II/2020.\n"
    )
    assert [unit.timing for unit in units] == ["unspecified", "dated"]


@pytest.mark.parametrize(
    ("pattern", "text", "is_said"),
    [
        (r"(?i){request} ", "Yêu cầu các sở", True),
        (r"{request} ", "Yêu cầu các sở", False),
        (r"{Chief}\b", "Giám đốc Sở Y tế", True),
        (r"{Chief}\b", "giám đốc Sở Y tế", False),
    ],
)
def test_a_form_of_words_has_its_lists_from_a_table(pattern: str, text: str, is_said: bool) -> None:
    assert bool(form("assigning", pattern).match(text)) is is_said


def test_a_line_below_a_lists_last_item_is_its_alone_where_others_have_their_own() -> None:
    one = "1. Y tế\n- Mua giường bệnh.\n- Sửa trạm y tế.\nThời hạn: quý I/2020.\n"
    other = "2. Đường sá\n- Vá đường.\nThời hạn: quý II/2020.\n- Dọn cống.\n"
    for document, timings in (
        (one, ["dated", "dated"]),
        (one + other, ["unspecified", "dated", "dated", "unspecified"]),
    ):
        assert [unit.timing for unit in units_of(f"II. NHIỆM VỤ\n{document}")] == timings

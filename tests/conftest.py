"""What several rooms' tests stand on: the shipped plans, read once, and a build of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import duckdb
import house
import pytest
import small
from browsing import browser, server, tab  # noqa: F401 - fixtures
from streamlit.components.v2 import manifest_scanner
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from benchmarks import many
from etl import load
from etl.match import Matcher
from etl.model import Quality, Reading
from etl.reference import DATA
from etl.way import readings as read_all
from ui.export.__main__ import main
from ui.page import net


def together(nodeid: str) -> str:
    """With what a test stands together, for they share what is dear to make: those of a file, and in the browser those of
    a page. What the browser does with no page in common, anybody may do.
    """
    file, _, name = nodeid.partition("::")
    if Path(file).stem not in ("test_browser", "test_tasks"):
        return file
    page = re.search(r"(/[a-z-]*)\]$", name)
    return page[1] if page else nodeid


class Together(LoadScopeScheduling):
    """What stands together stays together where several processes share the work."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands together is tested one after the other: whole files first, then the browser's pages."""
    items.sort(key=lambda item: together(item.nodeid) if item.path.stem == "test_browser" else "")


@pytest.fixture(scope="session", autouse=True)
def packages() -> Iterator[None]:
    """Streamlit reads what all installed packages say of themselves whenever a test opens a page; here once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def without_net(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception on a page fails its test, but where the net itself is looked at (`@pytest.mark.net`)."""
    if "net" not in request.keywords:
        monkeypatch.setattr(net, "caught", lambda error: False)


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """The matcher as shipped."""
    return Matcher.shipped()


@pytest.fixture(scope="session")
def readings(matcher: Matcher) -> tuple[Reading, ...]:
    """The five shipped plans after the whole way."""
    return tuple(read_all(DATA / "plans", matcher))


@pytest.fixture(scope="session")
def build_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of the shipped plans in force, and what the README's command printed as it made it."""

    def build(folder: Path) -> None:
        (folder / "printed.txt").write_text(house.printed(house.BUILD, folder), encoding="utf-8")
        (folder / load.POINTER).write_text("papi.duckdb\n", encoding="utf-8")

    return house.once(tmp_path_factory, "shipped", build)


@pytest.fixture(scope="session")
def database(build_folder: Path) -> Path:
    """One database file of the shipped plans; open it read-only."""
    return build_folder / "papi.duckdb"


@pytest.fixture(scope="session")
def shown_database(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for what pages show, in force in a folder of its own: pages keep it open in their way, and one process
    opens a file in one way only.
    """
    folder = tmp_path_factory.mktemp("shown")
    (folder / load.POINTER).write_text(database.name + "\n", encoding="utf-8")
    return Path(shutil.copy(database, folder))


@pytest.fixture(scope="session")
def many_build(readings: tuple[Reading, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of three hundred plans, in force in its folder."""
    folder = house.once(
        tmp_path_factory, "many", lambda folder: many.multiplied(folder, 6_000, 300, readings, Quality())
    )
    (name,) = (folder / load.POINTER).read_text(encoding="utf-8").split()
    return folder / name


@pytest.fixture(scope="session")
def linked_build(many_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, where a plan follows on the one before of its province and level, and some that follow on none amend what nobody holds."""

    def link(folder: Path) -> None:
        file = Path(shutil.copy(many_build, folder))
        with duckdb.connect(str(file)) as con:
            con.execute("""
                insert into plan_links (plan_id, earlier_id, kind, basis)
                select later.plan_id, earlier.plan_id, 'next_year', 'issuer'
                from plans as later join plans as earlier using (province, level)
                where earlier.year < later.year
                qualify row_number() over (partition by later.plan_id order by earlier.year desc, earlier.plan_id) = 1
            """)
            con.execute("""
                insert into plan_links (plan_id, earlier_id, kind, basis)
                select plan_id, null, 'amends', 'title'
                from plans anti join plan_links using (plan_id) order by plan_id limit 20
            """)
            con.execute(
                "delete from plan_links where earlier_id in (select plan_id from plan_links where kind = 'amends')"
            )
            small.counted_anew(con)
        (folder / load.POINTER).write_text(file.name + "\n", encoding="utf-8")

    return house.once(tmp_path_factory, "linked", link) / many_build.name


@pytest.fixture(scope="module")
def shipped(shown_database: Path) -> Iterator[None]:
    """The shipped plans in force, read in Vietnamese."""
    with small.shown(shown_database):
        yield


@pytest.fixture
def refused(
    shipped: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> Callable[[list[str]], str]:
    """What a command of files says that refuses its work with code 2, and leaves no file behind."""

    def run(arguments: list[str]) -> str:
        monkeypatch.chdir(tmp_path)
        assert main(arguments) == 2
        assert not list(tmp_path.iterdir())
        return capsys.readouterr().err

    return run


@pytest.fixture
def build(file: Path) -> Iterator[None]:
    """The small build that a file of tests makes as its `file`, in force, read in Vietnamese."""
    with small.shown(file):
        yield


@pytest.fixture
def home(shown_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped plans in force for whole pages, which look for their build themselves."""
    monkeypatch.setenv("PAPI_BUILD", str(shown_database.parent))

"""The HTML report in a real browser: it renders, stays by itself, passes an accessibility check, obeys no attack."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import pytest

from pathfinder.answers.interview import AnswerSheet
from pathfinder.answers.sheetfile import read_sheet
from pathfinder.show.report import write_report
from reports import DAY, SHEET, garden, harmless, hostile, result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathfinder.pack import Pack
    from pathfinder.result import Result

pytestmark = pytest.mark.slow

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PORTRAITS: Final = sorted((Path(__file__).parents[2] / "portraits").glob("[0-9]*.yaml"))
SCHEMES: Final = ("light", "dark")
WIDTHS: Final = (320, 390, 768, 1200, 2400)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start the browser; where there is none, skip, except in CI, where that is a failure."""
    if CHROMIUM is None:
        message = "no Chromium found; install it to test the report in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        yield started
        started.close()


class Visit:
    """A report opened from the disk, with everything the browser had to say about it."""

    def __init__(self, browser: Any, found: Result, folder: Path, *, scheme: str = "light", width: int = 1200) -> None:
        self.said: list[str] = []
        self.asked_for: list[str] = []
        file = folder / "report.html"
        write_report(found, file, DAY)
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked_for.append(request.url))
        self.page.goto(file.as_uri())
        self.own = [file.as_uri()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.close()

    def count(self) -> dict[str, int]:
        """Return how many elements of each kind the browser made."""
        script = (
            "[...document.querySelectorAll('*')].reduce((n, e) => ({...n, [e.tagName]: (n[e.tagName] || 0) + 1}), {})"
        )
        found: dict[str, int] = self.page.evaluate(script)
        return found


def real(bundled: Pack, portrait: Path = PORTRAITS[0]) -> Result:
    """Return a result on the bundled pack, with a hunch."""
    return result(replace(read_sheet(portrait, bundled), lean=bundled.paths[0].id), bundled)


def cases(bundled: Pack) -> dict[str, Result]:
    """Return results of very different pages."""
    return {
        "real": real(bundled),
        "small": result(),
        "nothing answered": result(AnswerSheet(pack="garden")),
        "all ruled out": result(AnswerSheet(pack="garden", answers=SHEET.answers, rule_out=("farm", "office", "boat"))),
        "hostile": result(pack=hostile()),
    }


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("case", ["real", "small", "nothing answered", "all ruled out", "hostile"])
def test_it_renders_by_itself_and_is_accessible(
    browser: Any, tmp_path: Path, bundled: Pack, case: str, scheme: str
) -> None:
    """No word on the console, no request but for the file itself, no violation of accessibility, light and dark."""
    from axe_playwright_python.sync_playwright import Axe

    with Visit(browser, cases(bundled)[case], tmp_path, scheme=scheme) as visit:
        assert visit.said == []
        assert visit.asked_for == visit.own
        assert visit.page.locator("h1").inner_text()
        violations = Axe().run(visit.page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", ["real", "small", "hostile"])
def test_it_fits_every_width(browser: Any, tmp_path: Path, bundled: Pack, case: str, width: int) -> None:
    """From a small telephone to a wide screen nothing has to be scrolled sideways or is cut."""
    with Visit(browser, cases(bundled)[case], tmp_path, width=width) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        script = f"[...document.querySelectorAll('h1,h2,h3,h4,p,li,td,th,dt,dd')].filter(e => e.getClientRects().length && !e.closest('.visually-hidden') && e.getBoundingClientRect().right > {width} + 1).length"
        assert visit.page.evaluate(script) == 0


def test_texts_may_be_enlarged_to_twice_their_size(browser: Any, tmp_path: Path, bundled: Pack) -> None:
    """Doubled text on a narrow screen still wraps."""
    with Visit(browser, real(bundled), tmp_path, width=640) as visit:
        # The page's own policy rightly refuses a style of ours, so the size is set as a reader's browser would.
        visit.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("scheme", SCHEMES)
def test_attacks_inject_nothing(browser: Any, tmp_path: Path, scheme: str) -> None:
    """A hostile pack makes the same elements as a harmless one, runs nothing, and links nowhere."""
    with Visit(browser, result(pack=harmless()), tmp_path) as plain:
        expected = plain.count()
    with Visit(browser, result(pack=hostile()), tmp_path, scheme=scheme) as visit:
        assert visit.count() == expected
        assert visit.page.evaluate("window.pwned") is None
        links = visit.page.eval_on_selector_all("a", "all => all.map(e => e.getAttribute('href'))")
        assert all(each.startswith("#") for each in links)
        for each in visit.page.locator("nav a").all():
            each.click()
        visit.page.mouse.move(300, 300)
        assert visit.page.evaluate("window.pwned") is None
        assert visit.said == []
        assert visit.asked_for == visit.own


def test_the_policy_stops_what_escaping_might_miss(browser: Any, tmp_path: Path) -> None:
    """Even markup that stood in the page unescaped could run no script, load nothing and set no style."""
    with Visit(browser, result(), tmp_path) as visit:
        source = visit.page.content()
    bad = (
        "<script>window.pwned = 1</script><img src='https://evil.example/x.png' onerror='window.pwned = 1'>"
        "<style>h1 { display: none }</style><form action='https://evil.example'></form></body>"
    )
    file = tmp_path / "bad.html"
    file.write_text(source.replace("</body>", bad), encoding="utf-8")
    page = browser.new_page()
    sent: list[str] = []
    page.on("requestfinished", lambda request: sent.append(request.url))
    page.goto(file.as_uri())
    assert page.evaluate("window.pwned") is None
    assert page.locator("h1").is_visible()
    assert sent == [file.as_uri()]
    page.close()


def test_it_prints_on_paper(browser: Any, tmp_path: Path, bundled: Pack) -> None:
    """Printing gives a PDF of some pages, on white even where the screen is dark, without the page's navigation."""
    with Visit(browser, real(bundled), tmp_path, scheme="dark") as visit:
        pdf = visit.page.pdf(format="A4", prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF-")
        assert 5 <= pdf.count(b"/Type /Page\n") <= 30
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert not visit.page.locator("nav").is_visible()


def test_every_citation_leads_to_its_source(browser: Any, tmp_path: Path) -> None:
    """Pressing a number brings the source into view."""
    with Visit(browser, result(pack=garden()), tmp_path) as visit:
        visit.page.locator(".cites a").first.click()
        assert visit.page.locator("#source-1").is_visible()
        assert visit.page.evaluate("location.hash") == "#source-1"


@pytest.mark.parametrize("portrait", PORTRAITS[:8], ids=lambda each: each.stem[:2])
def test_the_sheet_for_a_talk_is_one_printed_page(browser: Any, tmp_path: Path, bundled: Pack, portrait: Path) -> None:
    """Verdict, reasons, weeks and questions stand on one side of paper; the ranking begins a new one."""
    alone = """
        document.querySelectorAll('main > section:not(#mentor), footer').forEach(each => each.remove());
        document.querySelector('#mentor').style.breakAfter = 'auto';
    """
    with Visit(browser, real(bundled, portrait), tmp_path) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate("getComputedStyle(document.querySelector('#mentor')).breakAfter") == "page"
        visit.page.evaluate(alone)
        for paper in ("A4", "Letter"):
            assert visit.page.pdf(format=paper).count(b"/Type /Page\n") == 1


def test_no_number_breaks_on_a_phone(browser: Any, tmp_path: Path, bundled: Pack) -> None:
    """Shares and matches stand on one line each at 390 pixels, beside subjects of two lines."""
    with Visit(browser, real(bundled), tmp_path, width=390) as visit:
        script = "[...document.querySelectorAll('.part b, .measure b')].map(each => each.getClientRects().length)"
        assert set(visit.page.evaluate(script)) == {1}

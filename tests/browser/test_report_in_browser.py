"""The HTML pages in a real browser: nothing is loaded, nothing overflows, and everybody can use them."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import mesocycle as mc
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.prices import Ground
from mesocycle.models.result import Result
from mesocycle.output.html.page import comparison_page, result_page

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"
PAGES = ("plan", "none", "comparison", "hostile", "lived")
MORE_PAGES = ("long_names",)
BEGINS = datetime(2027, 1, 11, 6)
PHONE, PAPER, DESK = 390, 703, 1280  # PAPER is what A4 leaves between its margins
NASTY = '<script>window.hacked = 1; alert(1)</script>"><img src=x onerror="window.hacked = 1">=cmd()\u202e'


@cache
def solved() -> Result:
    return mc.solve(mc.load_scenario(SCENARIOS / "doubles_am_pm.yaml"))


@cache
def prices() -> mc.Explanation:
    return mc.explain(mc.load_scenario(SCENARIOS / "doubles_am_pm.yaml"), solved(), exact=False)


def html_of(name: str) -> str:
    if name == "plan":
        return result_page(solved(), explanation=prices())
    if name == "long_names":
        return result_page(mc.solve(mc.load_scenario(SCENARIOS / "return_from_injury.yaml")))
    if name == "none":
        return result_page(
            mc.solve(mc.load_scenario(SCENARIOS / "impossible" / "lunch_break_too_short.yaml"))
        )
    if name == "lived":
        return lived_page()
    if name == "comparison":
        scenario = mc.load_scenario(SCENARIOS / "doubles_am_pm.yaml")
        variants = [mc.Variant(name=NASTY[:60], set={"athlete.rest_days": ["tue"]})]
        return "".join(comparison_page(mc.compare(scenario, variants)))
    return result_page(hostile(), explanation=hostile_prices())


@cache
def lived_page() -> str:
    """The report of a block in its third week: lifts done, moved, skipped, beside the plan and not logged."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "doubles.block"
        mc.start(SCENARIOS / "doubles_am_pm.yaml", path, timezone="Europe/Berlin", now=BEGINS)

        def at(days: int) -> mc.Block:
            return mc.Block(path, now=BEGINS + timedelta(days=days, hours=16))

        first, second, third = [lift.id or "" for lift in at(0).now().lifts][:3]
        at(6).done(first, sets=["back squat 80x5x3 rir 2"], rpe=7, note=NASTY.replace("\u202e", ""))
        at(6).done("today", stands_for=second, at="12:00")
        at(6).sore("<b>calf</b>", 5)
        at(13).skip(third, why="time")
        at(13).done("today", stands_for="none", at="12:00", minutes=40)
        today = at(16).now().today
        at(16).run_dropped(f"{today + timedelta(days=1)}#2")
        at(16).away(f"{today + timedelta(days=1)}..{today + timedelta(days=2)}")
        return at(16).report()


def hostile() -> Result:
    result, long = solved(), NASTY + "x" * 500
    assert result.plan is not None
    sessions = tuple(
        one.model_copy(update={"session": long, "why": long, "dropped": ("back_squat",)})
        for one in result.plan.sessions
    )
    runs = tuple(run.model_copy(update={"title": long}) for run in result.runs)
    update = {
        "name": long,
        "plan": result.plan.model_copy(update={"sessions": sessions}),
        "runs": runs,
        "notes": (long,),
        "exercise_names": dict.fromkeys(result.exercise_names, long),
    }
    return result.model_copy(update=update)


def hostile_prices() -> mc.Explanation:
    """Prices of which every sentence and every rule is an attack."""
    ground = Ground(rule=NASTY, text=NASTY + "x" * 500)
    update = {"grounds": (ground,), "by_rule": {ground.text: 1}}
    sessions = []
    for one in prices().sessions:
        days = [day.model_copy(update={"frozen": day.frozen.model_copy(update=update)}) for day in one.days]
        sessions.append(one.model_copy(update={"days": tuple(days)}))
    return prices().model_copy(update={"sessions": tuple(sessions)})


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        missing = "chromium and chromedriver are needed to look at the report in a browser"
        if os.environ.get("MESOCYCLE_BROWSER") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    options = ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    session = Chrome(options=options, service=Service(executable_path=driver))
    try:
        yield session
    finally:
        session.quit()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("pages")
    for name in PAGES + MORE_PAGES:
        (where / f"{name}.html").write_text(html_of(name), encoding="utf-8")
    return where


def look(browser: Chrome, page: Path, *, width: int = DESK, scheme: str = "light", media: str = "") -> None:
    """Open a page as a reader with this window and these wishes sees it."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wish = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [wish]})
    browser.get(page.as_uri())


def logged(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    """What the browser has logged since it was last asked."""
    entries: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


def script(browser: Chrome, text: str) -> Any:
    return browser.execute_script(text)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_but_itself_and_the_console_stays_silent(
    browser: Chrome, folder: Path, name: str
) -> None:
    logged(browser, "performance")
    logged(browser, "browser")
    look(browser, folder / f"{name}.html")
    messages = [json.loads(entry["message"])["message"] for entry in logged(browser, "performance")]
    urls = {
        one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"
    }
    assert urls == {(folder / f"{name}.html").as_uri()}
    assert logged(browser, "browser") == []


def test_the_style_is_let_in_by_the_policy(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "plan.html")
    assert script(browser, "return getComputedStyle(document.querySelector('tbody tr')).display") == "grid"


def test_the_calendar_holds_every_session_at_its_time(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "plan.html")
    shown = script(
        browser,
        "return [...document.querySelectorAll('.calendar .lift')].filter(one => one.checkVisibility())"
        ".map(one => [one.querySelector('bdi').innerText, one.querySelector('time').dateTime])",
    )
    plan = solved().plan
    assert plan is not None
    assert shown == [[one.session, f"{one.date}T{format_time(one.start)}"] for one in plan.sessions]


def test_within_a_week_what_starts_together_stands_in_line_and_later_stands_lower(
    browser: Chrome, folder: Path
) -> None:
    look(browser, folder / "plan.html")
    weeks: list[list[list[float]]] = script(
        browser,
        "return [...document.querySelectorAll('.calendar tbody tr')].map(week =>"
        " [...week.querySelectorAll('.item time')].map(time => ["
        "  time.innerText.split(':').reduce((hours, minutes) => 60 * hours + +minutes),"
        "  time.closest('.item').getBoundingClientRect().top]))",
    )
    for week in weeks:
        tops: dict[float, set[float]] = {}
        for minute, top in week:
            tops.setdefault(minute // 30, set()).add(round(top))
        assert all(len(same) == 1 for same in tops.values())
        in_order = [min(tops[minute]) for minute in sorted(tops)]
        assert in_order == sorted(set(in_order))


@pytest.mark.parametrize(("width", "media"), [(DESK, ""), (PAPER, "print"), (PHONE, "")])
@pytest.mark.parametrize("name", ["long_names", "comparison", "hostile", "lived"])
def test_nothing_in_the_calendar_is_cut_off(
    browser: Chrome, folder: Path, name: str, width: int, media: str
) -> None:
    look(browser, folder / f"{name}.html", width=width, media=media)
    cut = script(
        browser,
        "return [...document.querySelectorAll('.calendar .item, .calendar tbody th, .calendar .sum')]"
        ".filter(one => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).contain != 'size'"
        " || one.getBoundingClientRect().bottom > one.closest('tr').getBoundingClientRect().bottom + 1)"
        ".map(one => one.innerText.slice(0, 60))",
    )
    assert cut == []


@pytest.mark.parametrize("way", ["click", "enter"])
def test_choosing_a_lift_shows_why_it_is_there_and_escape_takes_it_away(
    browser: Chrome, folder: Path, way: str
) -> None:
    look(browser, folder / "plan.html")
    button = browser.find_element(By.CSS_SELECTOR, "button.lift")
    reason = browser.find_element(By.ID, "why-1")
    assert not reason.is_displayed()
    if way == "click":
        button.click()
    else:
        script(browser, "document.querySelector('button.lift').focus()")
        ActionChains(browser).send_keys(Keys.ENTER).perform()
    plan = solved().plan
    assert plan is not None
    assert reason.is_displayed()
    assert plan.sessions[0].why in reason.text
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert not reason.is_displayed()
    assert browser.switch_to.active_element == button


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_other_days_unfold_on_a_card_and_where_a_lift_is_chosen(
    browser: Chrome, folder: Path, width: int
) -> None:
    look(browser, folder / "plan.html", width=width)
    card = browser.find_element(By.ID, "lift-1")
    script(browser, "document.querySelector('#lift-1').scrollIntoView({behavior: 'instant', block: 'end'})")
    before = card.size["height"]
    assert "Mon:" not in card.text
    card.find_element(By.CSS_SELECTOR, ".others summary").click()
    assert card.size["height"] > before
    told = card.find_elements(By.CSS_SELECTOR, ".others li")
    assert len(told) == 6
    assert all(":" in one.text for one in told)
    script(browser, "document.querySelector('#why-1').showPopover()")
    reason = browser.find_element(By.ID, "why-1")
    fold = reason.find_element(By.CSS_SELECTOR, ".others")
    script(browser, "document.querySelector('#why-1 .others summary').focus()")
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert fold.get_attribute("open") is not None
    wide = script(
        browser, "const one = document.querySelector('#why-1'); return one.scrollWidth - one.clientWidth"
    )
    assert wide <= 0


@pytest.mark.parametrize("block", ["start", "center", "end"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_opens_at_a_lift_stays_on_the_screen_with_its_other_days(
    browser: Chrome, folder: Path, width: int, block: str
) -> None:
    look(browser, folder / "plan.html", width=width)
    top, bottom, height = script(
        browser,
        "const lift = document.querySelectorAll('button.lift')[3];"
        f"lift.scrollIntoView({{behavior: 'instant', block: '{block}'}});"
        "lift.click();"
        "const shown = document.querySelector(':popover-open');"
        "shown.querySelector('details').open = true;"
        "const {top, bottom} = shown.getBoundingClientRect();"
        "return [top, bottom, window.innerHeight]",
    )
    assert 0 <= top < bottom <= height


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Chrome, folder: Path, name: str) -> None:
    look(browser, folder / f"{name}.html", width=PHONE)
    script(browser, "document.querySelectorAll('details').forEach(one => one.open = true)")
    assert script(browser, "return document.documentElement.scrollWidth") <= PHONE
    wide = script(
        browser,
        "return [...document.querySelectorAll('main *, header *')]"
        ".filter(one => one.checkVisibility() && !one.closest('.unseen, svg'))"
        f".filter(one => one.getBoundingClientRect().right > {PHONE} + 1)"
        ".map(one => one.outerHTML.slice(0, 90))",
    )
    assert wide == []


def test_on_a_phone_every_day_with_something_on_it_says_its_name(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "plan.html", width=PHONE)
    days = script(
        browser,
        "return [...document.querySelectorAll('.calendar td .date')]"
        ".filter(one => one.checkVisibility()).map(one => one.innerText)",
    )
    assert len(days) == len({run.date for run in solved().runs})
    assert days[0] == "Mon 11 Jan"


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_page_is_dark_where_the_reader_wants_it(
    browser: Chrome, folder: Path, scheme: str, dark: bool
) -> None:
    look(browser, folder / "plan.html", scheme=scheme)
    red = script(browser, "return +getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert (red < 60) is dark
    bar = script(browser, "return getComputedStyle(document.querySelector('svg [fill*=lift]')).fill")
    assert bar == ("rgb(98, 205, 185)" if dark else "rgb(11, 107, 93)")


def test_hostile_names_stay_text(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "hostile.html")
    assert script(browser, "return [window.hacked, document.scripts.length, document.images.length]") == [
        None,
        0,
        0,
    ]
    assert script(browser, "return document.querySelector('h1').innerText").startswith(
        "<script>window.hacked"
    )


def test_on_paper_the_reasons_and_tables_are_open_and_rows_stay_whole(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "plan.html", width=PAPER, scheme="dark", media="print")
    assert script(
        browser,
        "return [...document.querySelectorAll('.reason, details table, details .figure, .cards .day')]"
        ".every(one => one.getBoundingClientRect().height > 0)",
    )
    assert not browser.find_element(By.TAG_NAME, "nav").is_displayed()
    breaks = script(
        browser,
        "return [...document.querySelectorAll('tr, article, figure')]"
        ".map(one => getComputedStyle(one).breakInside)",
    )
    assert set(breaks) == {"avoid"}
    assert script(browser, "return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert script(browser, "return document.documentElement.scrollWidth") <= PAPER


def test_a_plan_is_printed_on_a4_with_its_calendar_and_every_card(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "plan.html")
    wishes = ("preferCSSPageSize", "printBackground", "generateTaggedPDF", "generateDocumentOutline")
    printed = browser.execute_cdp_cmd("Page.printToPDF", dict.fromkeys(wishes, True))
    paper = base64.b64decode(printed["data"])
    assert paper.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox ?\[([^]]*)]", paper)
    assert len(boxes) > 1
    for box in boxes:
        assert [float(one) for one in box.split()] == pytest.approx([0, 0, 595.3, 841.9], abs=1)
    # The outline that the browser writes names the headings that are on paper.
    headings = re.findall(rb"/Title \(([^)]*)\)", paper)
    plan = solved().plan
    assert plan is not None
    assert {b"Calendar", b"Training cards"} <= set(headings)
    for one in plan.sessions:
        head = f"{one.session} {format_day(one.date)}, {format_time(one.start)} to {format_time(one.end)}"
        assert head.encode() in headings


def test_on_paper_the_calendar_keeps_its_days_beside_each_other(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "plan.html", width=PAPER, media="print")
    shown = script(
        browser,
        "return ['.calendar tbody tr', '.cards article', '.cards table', '.calendar .lift'].map(name =>"
        " [...document.querySelectorAll(name)].map(one =>"
        "  [getComputedStyle(one).display, one.checkVisibility()]))",
    )
    days, articles, tables, lifts = shown
    plan = solved().plan
    assert plan is not None
    assert days == [["grid", True]] * len(plan.weeks)
    assert articles == [["block", True]] * len(plan.sessions)
    assert tables == [["table", True]] * len(plan.sessions)
    assert [seen for _, seen in lifts] == [True] * len(plan.sessions)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["plan", "none", "comparison", "lived"])
def test_nothing_stands_in_the_way_of_anybody(browser: Chrome, folder: Path, name: str, scheme: str) -> None:
    look(browser, folder / f"{name}.html", scheme=scheme)
    script(browser, (HERE / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    script(
        browser,
        "document.querySelectorAll('details').forEach(one => one.open = true);"
        "document.querySelector('[popover]')?.showPopover()",
    )
    browser.set_script_timeout(30)
    found = browser.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
    )
    bad = [
        (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert bad == []
    assert found["testEngine"]["name"] == "axe-core"


# --- a block that is lived by ----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, 1200])
def test_the_report_of_a_block_opens_without_a_message_and_fits(
    browser: Chrome, folder: Path, width: int, scheme: str
) -> None:
    logged(browser, "browser")
    look(browser, folder / "lived.html", width=width, scheme=scheme)
    script(browser, "document.querySelectorAll('details').forEach(one => one.open = true)")
    assert logged(browser, "browser") == []
    assert script(browser, "return document.documentElement.scrollWidth") <= width
    # Letters of charts keep a size that can be read, and no chart is longer than two screens.
    sizes = script(
        browser,
        "return [...document.querySelectorAll('.trends svg')].map(one => {"
        " const box = one.getBoundingClientRect();"
        " return [11 * box.width / one.viewBox.baseVal.width, box.height, box.width]})",
    )
    assert len(sizes) == 5
    assert all(letters >= 10 and height <= 2 * 844 for letters, height, _ in sizes)


@pytest.mark.parametrize("width", [PHONE, 1200])
def test_today_is_seen_at_once(browser: Chrome, folder: Path, width: int) -> None:
    look(browser, folder / "lived.html", width=width)
    card = browser.find_element(By.CSS_SELECTOR, ".now article")
    assert browser.find_element(By.ID, "today").is_displayed()
    top = script(browser, "return document.querySelector('.now article h3').getBoundingClientRect().bottom")
    assert top <= 844
    assert re.match(r"(Lift today|Next lift, \w+)", card.text)
    # Words of an exercise are not torn apart.
    broken = script(
        browser,
        "return [...document.querySelectorAll('.now article tbody th > bdi')]"
        ".filter(one => one.getClientRects().length > 1).map(one => one.innerText)",
    )
    assert broken == []


def test_what_became_of_lifts_is_no_matter_of_colour(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "lived.html")
    words = script(
        browser,
        "return [...document.querySelectorAll('.calendar .lift:is(.done, .assumed, .skipped)')]"
        ".map(one => [one.className.match(/done|assumed|skipped/)[0], one.querySelector('.became').innerText,"
        " getComputedStyle(one.querySelector('.became'), '::before').content.slice(0, 3),"
        " getComputedStyle(one).borderTopStyle])",
    )
    seen = {kind: (text.split(",")[0], sign[1:2], border) for kind, text, sign, border in words}
    assert seen == {
        "done": ("done", "\u2713", "none"),
        "assumed": ("not logged", "?", "dashed"),
        "skipped": ("skipped", "\u2715", "dashed"),
    }


def test_what_is_written_into_a_block_stays_text(browser: Chrome, folder: Path) -> None:
    look(browser, folder / "lived.html")
    assert script(browser, "return [window.hacked, document.scripts.length, document.images.length]") == [
        None,
        0,
        0,
    ]
    assert "<b>calf</b>, 0 to 10" in script(
        browser, "return [...document.querySelectorAll('svg text')].map(one => one.textContent)"
    )

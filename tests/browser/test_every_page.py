"""The pages that no other test looks at, with the demo in them: no barriers for anyone."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select
from werkzeug.serving import make_server

from agency.rounds.models import RankingPerson
from core.db import db
from people.models import Membership, User
from surveys.conversations.models import Conversation
from tests.browser.accessibility import LAPTOP, PHONE, Barrier, barriers
from tests.browser.conftest import cookie_of
from tests.world import HOME, World, filled, lasting

__all__ = ["filled", "lasting"]  # fixtures
WAVE = "/surveys/befragung-pankow-2026"
STAFF = [
    "",
    "/people",
    "/people/consents",
    "/people/outbox",
    "/people/outbox/1",
    "/archive",
    "/people/deleted",
    "/people/names",
    "/people/names?q-organisation=rad",
    "/people/names/doubles?q-gone=rad&q-kept=haus",
    "/people/names/settled",
]
STAFF += ["/people/organisations/O14/edit", "/people/organisations/O14/contact"]
STAFF += [f"{WAVE}/invitations", f"{WAVE}/invitations/mail"]
STAFF += [f"{WAVE}/invitations/mail?to=letter&language=ar", f"{WAVE}/invitations/letters"]
STAFF += [f"{WAVE}/course", f"{WAVE}/paper", f"{WAVE}/paper/form", f"{WAVE}/poster"]
STAFF += [f"{WAVE}/method", "/stand", f"{WAVE}/cross?rows=org_type&columns=willing"]
STAFF += [f"{WAVE}/compare"]
STAFF += [f"{WAVE}/invitations/letters?code=O12", "/workshops/campus-buch/minutes"]
STAFF += [f"{WAVE}/publication", f"{WAVE}/contacts"]
STAFF += [f"{WAVE}/contacts/followup.workshop/mail", f"{WAVE}/exports"]
STAFF += [f"{WAVE}/texts/idea", f"{WAVE}/interviews", f"{WAVE}/interviews/O14"]
STAFF += [f"{WAVE}/interviews/O40/passages", f"{WAVE}/interviews/O14/paper", "/passages"]
STAFF += [f"{WAVE}/languages", f"{WAVE}/languages/prs", f"{WAVE}/languages/de-simple"]
PAGES = ("decisions", "followers", "outlook", "feedback")
STAFF += [f"/workshops/campus-buch/{page}" for page in PAGES]
STAFF += ["/workshops", "/workshops/campus-buch/archive", "/workshops/archive/import"]
STAFF += ["/workshops/ideas/followed", "/workshops/campus-buch/minutes?language=en"]
ROOM = "/workshops/werkstatt-2"
STAFF += [f"{ROOM}/boards", f"{ROOM}/material", f"{ROOM}/settings"]
STAFF += ["/conversations", "/workshops/werkstatt-2/sorting?proposal=1"]
STAFF += [
    f"/workshops/campus-buch/{page}" for page in ("papers", "wall", "paper-cards", "places")
]
STAFF += ["/concepts", "/concepts/new"]
STAFF += [f"/concepts/1{page}" for page in ("", "/frame", "/versions", "/comparison")]
STAFF += ["/concepts/1/versions/1", "/concepts/1/print", "/concepts/1/entries/1"]
STAFF += ["/concepts/1/entries/new?section=indicators"]
STAFF += ["/search?q=rad", "/timetable", "/agency", "/meetings", "/meetings/new"]
STAFF += ["/meetings/2", "/meetings/2/letters"]
STAFF += ["/needs?fair=1", "/needs/register", "/needs/register/new", "/needs/gaps/1"]
STAFF += ["/needs/register/deleted", "/concepts/sources", "/income/organisations/O01"]
CHECK = "/funding/check?organisation=O01"
STAFF += ["/funding", "/funding/new", "/funding/programmes/1", "/funding/programmes/1/edit"]
STAFF += ["/funding/deadlines", "/funding/checks", "/funding/checks/1", CHECK]
STAFF += [f"{CHECK}&asked=1&legal_form=ggmbh&place=pankow&themes=employment&amount=20000"]
STAFF += [f"/funding/import{step}" for step in ("", "/1/columns", "/1/preview")]
STAFF += ["/agency/subscription"]
STAFF += ["/needs?q=kinder", "/needs/vacancies"]
STAFF += ["/needs/rankings", "/needs/rankings/1"]
STAFF += ["/needs/proposals", "/needs/terms", "/needs/terms/sewing_workshop"]
STAFF += ["/networks/import", "/networks/import/1", "/networks/befragung-pankow-2026"]
NETWORK = "/networks/befragung-pankow-2025"
STAFF += [NETWORK, f"{NETWORK}/map", f"{NETWORK}/links", f"{NETWORK}/projector?layer=wishes"]
STAFF += [f"{NETWORK}?ego=O14&steps=2&sector=society", f"{NETWORK}?table=ties&zoom=1"]
STAFF += [f"{NETWORK}?table=matrix&locality=buch&strength=3"]
NEWEST = "/networks/befragung-pankow-2026"
STAFF += [f"{NEWEST}/{page}" for page in ("ties", "ties/O01/O14", "recorded", "named")]
STAFF += [f"{NEWEST}/changes", f"{NEWEST}/changes?sort=name&all=1"]
STAFF += [f"{NEWEST}/terms", f"{NEWEST}/terms?only=gaps"]
VENTURE = "/ventures/1"
STAFF += ["/ventures", "/ventures/new", VENTURE, "/ventures/2", f"{VENTURE}/history"]
STAFF += [f"{VENTURE}/{page}" for page in ("text", "canvas", "canvas/problem", "milestones")]
STAFF += [f"{VENTURE}/{page}" for page in ("jobs", "money", "money/account", "lines/jobs/1")]
STAFF += ["/ventures/2/jobs?asked=1&age=1", "/ventures/2/money", f"{VENTURE}/lines/team/new"]
STAFF += [f"/advice{page}" for page in ("", "/new", "/1", "/1/handover", "/1/outcome", "/2")]
STAFF += ["/calendar?day=2026-11-30", "/calendar?day=2026-11-30&view=month&show=grid"]
STAFF += ["/calendar?day=2026-11-30&show=list", "/calendar/occasions/2", "/calendar/import/1"]
STAFF += [f"/calendar/{page}" for page in ("rooms", "rooms/1", "new", "import")] + ["/income"]
COUNSELLOR = ["", "/new", "/ideas", "/away", "/declined/ar", "/{code}/offers"]
COUNSELLOR += ["/rankings", "/rankings/{ranking}", "/{code}/rankings/{ranking}"]
STAFF += [f"{WAVE}/speaking", f"{WAVE}/speaking/de", f"{WAVE}/speaking/de/texts/idea:label"]
STAFF += ["/networks/befragung-pankow-2026/measures"]
STAFF += [f"{NEWEST}/{page}" for page in ("introductions", "introductions/agenda", "findings")]
STAFF += [f"{NEWEST}/without?code=O14"]
PARTS = 4  # so that two who test share the work
LEGAL = ["/legal/privacy", "/legal/imprint", "/legal/accessibility", "/legal/source"]


@pytest.fixture(scope="module")
def demo(lasting: World) -> Iterator[str]:
    """The address at which the demo is served."""
    server = make_server("127.0.0.1", 0, lasting.app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("language", "window"), [("de", PHONE), ("en", LAPTOP)])
def test_pages_of_staff_have_no_barriers(
    browser: Browser, demo: str, lasting: World, language: str, window: dict[str, int],
    part: int,
) -> None:  # fmt: skip
    with lasting.app.app_context():
        ada = db.session.scalars(select(User).filter_by(name="Ada")).one()
        ada.language = language
        db.session.commit()
        cookie = cookie_of(ada, lasting.app)
    paths = [f"/p/{HOME}{path}" for path in STAFF[part::PARTS]]
    assert amiss(browser, demo, paths, window, language, cookie) == []


@pytest.mark.parametrize(("language", "window"), [("de", PHONE), ("en", LAPTOP)])
def test_pages_of_counsellors_have_no_barriers(
    browser: Browser, demo: str, lasting: World, language: str, window: dict[str, int]
) -> None:
    with lasting.app.app_context():
        user = db.session.scalars(select(User).filter_by(name="counsellor")).one()
        user.language = language
        db.session.commit()
        cookie = cookie_of(user, lasting.app)
        mine = select(Membership.provider_id).filter_by(user_id=user.id).scalar_subquery()
        over = select(Conversation.code).filter_by(provider_id=mine, draft=None)
        code = db.session.scalars(over).first()
        query = select(RankingPerson).join(RankingPerson.conversation)
        person = db.session.scalars(query.where(Conversation.code == code)).first()
        known = {"code": code, "ranking": person.round_id if person else 0}
    paths = [f"/p/{HOME}/conversations{path.format_map(known)}" for path in COUNSELLOR]
    assert amiss(browser, demo, paths, window, language, cookie) == []


@pytest.mark.parametrize(("language", "window"), [("de", PHONE), ("ar", LAPTOP)])
def test_pages_for_everyone_have_no_barriers(
    browser: Browser, demo: str, lasting: World, language: str, window: dict[str, int]
) -> None:
    paths = ["/", "/r", f"/i/{lasting.token()}", "/s/befragung-pankow-2025", *LEGAL]
    paths += ["/s/befragung-pankow-2026/results", f"/named/{lasting.named()}"]
    paths += [f"/places/{lasting.ranked()}"]
    assert amiss(browser, demo, paths, window, language) == []


def amiss(
    browser: Browser,
    site: str,
    paths: list[str],
    window: dict[str, int],
    locale: str,
    cookie: dict[str, str] | None = None,
) -> list[Barrier]:
    """Open every page in one browser and list what is amiss, with what it complains of."""
    context = browser.new_context(base_url=site, locale=locale, viewport=window)  # type: ignore[arg-type]
    if cookie:
        context.add_cookies([{"url": site, **cookie}])  # type: ignore[typeddict-item]
    page, found = context.new_page(), []

    def complain(text: str) -> None:
        if "410" not in text:  # the survey that is over says so
            found.append((page.url, "said", text))

    page.on("console", lambda said: complain(said.text))
    page.on("pageerror", lambda error: complain(str(error)))
    for path in paths:
        page.goto(path)
        found += barriers(page, twice=window == PHONE)
    context.close()
    return found

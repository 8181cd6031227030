"""The search over everything that a project has written down."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from core.db import db
from core.forms import tidy
from core.i18n import language
from home.finding import Kind, search
from home.routes.pages import desk
from people.current import current_project

FIRST, ALL = 6, 500  # how many of a kind are shown
PLACES = {  # what a kind is called, and the page on which its things stand
    Kind.ORGANISATIONS: (lazy_gettext("Organisations"), "register.organisation"),
    Kind.SURVEYS: (lazy_gettext("Surveys"), "surveys.survey"),
    Kind.PASSAGES: (lazy_gettext("Passages from answers and interviews"), "passages.index"),
    Kind.FINDINGS: (lazy_gettext("Findings of the network"), "networks.findings"),
    Kind.LISTINGS: (lazy_gettext("Needs and offers"), "needs.edit_listing"),
    Kind.WORKSHOPS: (lazy_gettext("Workshops"), "workshops.workshop"),
    Kind.IDEAS: (lazy_gettext("Ideas"), "workshops.workshop"),
    Kind.CONCEPTS: (lazy_gettext("Concepts"), "concepts.concept"),
    Kind.VENTURES: (lazy_gettext("Ventures"), "ventures.venture"),
    Kind.CASES: (lazy_gettext("Advice cases"), "advice.case"),
    Kind.MEETINGS: (lazy_gettext("Meetings"), "meetings.meeting"),
    Kind.PROGRAMMES: (lazy_gettext("Funding programmes"), "funding.programme"),
}


@desk.get("/search")
def search_all() -> ResponseReturnValue:
    """What holds the words, by kind; facilitators only, as it names everyone."""
    words, every = tidy(request.args.get("q"))[:80], "all" in request.args
    found = search(db.session, current_project(), words, language(), ALL if every else FIRST)
    return render_template("home/search.html", words=words, found=found, places=PLACES)

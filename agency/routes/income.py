"""On how many feet organisations stand, over the waves of the survey."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from agency import diversity
from agency.areas import Area, add_area
from agency.diversity import Wave
from agency.routes.agency import area_blueprint
from core.db import db
from core.i18n import language
from people.current import current_membership, current_project, open_to
from people.models import Role
from people.naming import registered
from people.words import SECTORS

income = area_blueprint("income", __name__, "/income")
add_area(
    Area(
        30,
        "income.figures",
        lazy_gettext("Income"),
        lazy_gettext("How soon income ends, and on how many feet organisations stand."),
        used=diversity.tells,
    )
)


@income.get("")
@open_to(Role.ADVISER, Role.TASK_FORCE)
def figures() -> ResponseReturnValue:
    """The figures by sector; of single organisations only for those who facilitate."""
    waves = diversity.waves_of(db.session, current_project())
    is_team = current_membership().role == Role.FACILITATOR
    shown = waves if is_team else diversity.for_outside(waves)
    k = 1 if is_team else diversity.outside_limit()
    return render_template(
        "agency/income/figures.html",
        waves=shown,
        means=[diversity.means(wave, k) for wave in shown],
        rows=diversity.changes(waves) if is_team else [],
        is_team=is_team,
        k=diversity.outside_limit(),
        SECTORS=SECTORS,
        title_of=title_of,
        known=registered(db.session, current_project()) if is_team else [],
    )


def title_of(wave: Wave) -> str:
    """Return what a survey is called; nothing of the register."""
    if wave.survey is None:
        return ""
    titles = wave.survey.title
    return titles.get(language()) or next(iter(titles.values()), wave.key)

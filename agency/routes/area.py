"""What the pages of needs and offers share: their blueprint and their words."""

from flask_babel import lazy_gettext

from agency.gathering.finding import is_used
from agency.words import LEVELS, ORIGINS, PEOPLE, SIDES, TIMES
from core.i18n import language
from people.current import current_terms, staff_blueprint
from people.desk import Tab, add_tab
from people.words import LOCALITIES

needs = staff_blueprint("needs", __name__, "/needs")


add_tab(Tab(40, "needs.plan", lazy_gettext("Needs"), used=is_used))


@needs.context_processor
def words() -> dict[str, object]:
    """Return the words with which needs and offers are spoken of."""
    return {
        "SIDES": SIDES,
        "PEOPLE": PEOPLE,
        "ORIGINS": ORIGINS,
        "LEVELS": LEVELS,
        "TIMES": TIMES,
        "LOCALITIES": LOCALITIES,
        "term": lambda code: current_terms().label(code, language()),
        "term_groups": lambda keep=(): current_terms().grouped(language(), keep),
    }

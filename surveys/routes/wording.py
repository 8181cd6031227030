"""Words that several pages of this context use: states, sectors, languages, ways."""

from flask import Blueprint
from flask_babel import format_date, get_locale, gettext

from core import i18n
from core.errors import message
from core.languages import FALLBACK, locale_of
from people.models import Sector
from people.words import SECTORS
from surveys.definition import Definition, Texts, text_in
from surveys.fieldwork.inviting import Step
from surveys.fieldwork.writing import Note, Obstacle
from surveys.models import Channel, State, Survey, SurveyVersion
from surveys.translating.plain import PLAIN

STATES = {
    State.DRAFT: message("Draft"),
    State.OPEN: message("Open for answers"),
    State.CLOSED: message("Closed"),
}
WAYS = {
    Channel.LINK: message("public link"),
    Channel.INVITATION: message("invitation"),
    Channel.COUNSELLOR: message("counsellor"),
    Channel.PAPER: message("paper"),
}

STEPS = {
    Step.INVITED: message("invited"),
    Step.OPENED: message("opened"),
    Step.ANSWERED: message("answered"),
    Step.DECLINED: message("declined"),
    Step.BOUNCED: message("mail came back"),
    Step.MISDIRECTED: message("wrong person"),
}
OBSTACLES = {
    Obstacle.NO_ADDRESS: message("no mail address: print a letter, or enter an address"),
    Obstacle.BOUNCED: message("the mail came back: correct the address, then clear the note"),
    Obstacle.MISDIRECTED: message("the wrong person: enter the right one, then clear the note"),
    Obstacle.WAITING: message("a mail to them waits in the outbox"),
    Obstacle.RECENT: message("got a mail only a short while ago"),
}
NOTES = {
    Note.NOTHING: message("Nothing: write to them as to the others"),
    Note.BOUNCED: message("The mail came back"),
    Note.MISDIRECTED: message("It reached the wrong person"),
    Note.DECLINED: message("They do not want to take part"),
}


def in_my_language(texts: Texts) -> str:
    """Return a text that exists in several languages in that of the reader."""
    return text_in(texts, i18n.language(), FALLBACK)[0]


def state_name(state: State) -> str:
    return str(gettext(STATES[state]))


def state_line(survey: Survey) -> str:
    """Say where a survey stands, and since when."""
    if survey.state == State.CLOSED and survey.closed:
        line = gettext("Closed on %(day)s", day=format_date(survey.closed, "long"))
    elif survey.state == State.OPEN and survey.opened:
        line = gettext("Open since %(day)s", day=format_date(survey.opened, "long"))
    else:
        line = gettext("Draft of %(day)s", day=format_date(survey.created, "long"))
    return str(line)


def sector_name(sector: Sector) -> str:
    return str(gettext(SECTORS[sector]))


def channel_name(channel: Channel) -> str:
    return str(gettext(WAYS[channel]))


def language_name(code: str) -> str:
    """Return the name of a language in that of the reader, or its code."""
    if code == PLAIN:
        return str(gettext("Plain German"))
    names = get_locale().languages
    return str(names.get(locale_of(code)) or names.get(code.partition("-")[0]) or code)


def version_name(number: int) -> str:
    return str(gettext("Version %(number)s", number=number))


def questions_of(version: SurveyVersion) -> int:
    """Count the questions of a version."""
    definition = Definition.from_json(version.definition)
    return sum(item.kind == "question" for item in definition.walk())


def teach(bp: Blueprint) -> None:
    """Let the templates use these words."""
    words = (state_name, state_line, sector_name, channel_name, language_name, questions_of)
    bp.context_processor(lambda: {word.__name__: word for word in words})
    bp.add_app_template_filter(in_my_language)

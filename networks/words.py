"""The words of networks, for the translators."""

from core.errors import message
from networks.models import Stage
from networks.suggestion import Ground
from networks.tying import CLOSE, LOOSE, REGULAR, UNSAID, State
from people.words import SECTORS as KNOWN_SECTORS

SECTORS = {**KNOWN_SECTORS, "": message("Sector not known")}
STRENGTHS = {
    LOOSE: message("loose"),
    REGULAR: message("regular"),
    CLOSE: message("close"),
    UNSAID: message("not said how close"),
}
STATES = {
    State.CONFIRMED: message("both name each other"),
    State.ONE_SIDED: message("only one side names it"),
    State.CONTRADICTED: message("both name each other, but describe it differently"),
    State.UNKNOWN: message("the other side has not answered"),
}
FUTURES = {
    "more": message("to be extended"),
    "same": message("to stay as it is"),
    "less": message("to be reduced"),
    "unsure": message("future open"),
}
GROUNDS = {
    Ground.MUTUAL: message("both wish for it"),
    Ground.WISH_FIT: message("one wishes for it, and need and offer fit"),
    Ground.WISH: message("one wishes for it"),
    Ground.FIT: message("need and offer fit"),
    Ground.TIES: message("their ties suggest it"),
}
STAGES = {
    Stage.PLANNED: message("on the agenda"),
    Stage.MET: message("They have met."),
    Stage.WORKING: message("They work together since."),
    Stage.NOTHING: message("Nothing came of it."),
    Stage.NO: message("does not fit"),
}

"""The words of networks, for the translators."""

from core.errors import message
from networks.tying import CLOSE, LOOSE, REGULAR, UNSAID, State
from people.models import Sector

SECTORS: dict[str, str] = {  # as in ``people.words``; everyone reads these
    Sector.ECONOMY: message("Economy"),
    Sector.SOCIETY: message("Civil society"),
    Sector.POLITICS: message("Politics and administration"),
    Sector.SCIENCE: message("Science"),
    "": message("Sector not known"),
}
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

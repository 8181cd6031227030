"""The words of networks that everyone reads, for the translators."""

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
NOT_SHOWN = {UNSAID: message("not shown how close")}  # of ties that few describe
STATES = {
    State.CONFIRMED: message("both name each other"),
    State.ONE_SIDED: message("only one side names it"),
    State.CONTRADICTED: message("both name each other, but describe it differently"),
    State.UNKNOWN: message("the other side has not answered"),
    State.SETTLED: message("described differently; the team has chosen what holds"),
    State.REJECTED: message("rejected: the team lets neither account stand"),
    State.DENIED: message("one side says that there is no such tie"),
    State.RECORDED: message("seen elsewhere than in the survey"),
    State.WISHED: message("wished for"),
}

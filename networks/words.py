"""The words of networks, for the translators."""

from core.errors import message
from networks.models import Stage
from networks.suggestion import Ground
from networks.tying import CLOSE, LOOSE, REGULAR, UNSAID, Holds, Say, Source, State
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
    State.SETTLED: message("described differently; the team has chosen what holds"),
    State.REJECTED: message("rejected: the team lets neither account stand"),
    State.DENIED: message("one side says that there is no such tie"),
    State.RECORDED: message("seen elsewhere than in the survey"),
    State.WISHED: message("wished for"),
}
SOURCES = {
    Source.WORKSHOP: message("Ideenwerkstatt: their ideas go on together"),
    Source.OFFER: message("They make an offer together"),
    Source.REFERRAL: message("One sends people to the other"),
    Source.MEETING: message("They met"),
    Source.IMPORT: message("From a file"),
    Source.TEAM: message("The team knows of it"),
}
SAYS = {
    Say.SHOW: message("may be shown"),
    Say.HIDE: message("shall not be seen outside the team"),
    Say.WRONG: message("is not right"),
}
HOLDS = {
    Holds.A: message("The account of %(name)s holds"),
    Holds.B: message("The account of %(name)s holds"),
    Holds.BOTH: message("Both hold: all that either says, as close as both grant"),
    Holds.NEITHER: message("Neither holds: there is no tie"),
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

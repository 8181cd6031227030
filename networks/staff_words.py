"""The words of networks that only staff reads, for the translators."""

from core.errors import message
from networks.models import Stage
from networks.suggestion import Ground
from networks.tying import Holds, Say, Source

SOURCES = {
    Source.WORKSHOP: message("Ideenwerkstatt: their ideas go on together"),
    Source.OFFER: message("They make an offer together"),
    Source.REFERRAL: message("One sends people to the other"),
    Source.MEETING: message("They met"),
    Source.IMPORT: message("From a file"),
    Source.TEAM: message("The team knows of it"),
}
WHERE = {  # what a recorded tie is about, where the house and nobody else has written it
    "introduction": message("an introduction by the team"),
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

"""The words of advice cases, for the translators."""

from agency.cases.models import Event, Kind, Outcome
from agency.cases.queueing import State
from core.errors import message

KINDS: dict[str, str] = {
    Kind.FUNDING: message("Funding"),
    Kind.STAFF: message("Staff"),
    Kind.BUSINESS: message("Business management"),
    Kind.OTHER: message("Something else"),
}
STATES: dict[str, str] = {
    State.FREE: message("Nobody has it yet"),
    State.RUNNING: message("In progress"),
    State.OFFERED: message("Hand-over waits for a yes"),
    State.CLOSED: message("Closed"),
}
OUTCOMES: dict[str, str] = {
    Outcome.SOLVED: message("Solved"),
    Outcome.PARTLY: message("Partly solved"),
    Outcome.REFERRED: message("Referred to a place outside of the project"),
    Outcome.SETTLED: message("Not needed any more"),
    Outcome.IMPOSSIBLE: message("Could not be solved"),
    Outcome.SILENT: message("The organisation did not answer any more"),
}
EVENTS: dict[str, str] = {
    Event.BEGUN: message("Case begun"),
    Event.NOTED: message("Note"),
    Event.TAKEN: message("Has the case from now on: %(whom)s"),
    Event.ARRANGED: message("Appointment arranged"),
    Event.MET: message("Appointment held"),
    Event.CANCELLED: message("Appointment cancelled"),
    Event.OFFERED: message("Handed over to %(whom)s, who has not said yes yet"),
    Event.ACCEPTED: message("Hand-over accepted: %(whom)s has the case"),
    Event.DECLINED: message("Hand-over declined by %(whom)s"),
    Event.KEPT: message("Hand-over taken back"),
    Event.CLOSED: message("Case closed"),
    Event.REOPENED: message("Case opened again"),
}

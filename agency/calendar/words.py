"""The words of the calendar, for the translators."""

from agency.calendar.importing import State
from agency.calendar.models import Kind
from core.errors import message

KINDS: dict[str, str] = {
    Kind.COURSE: message("Course"),
    Kind.ADVICE: message("Advice hours"),
    Kind.MEETING: message("Meeting"),
    Kind.OTHER: message("Room in use"),
}
STATES: dict[str, str] = {
    State.NEW: message("is taken over"),
    State.KNOWN: message("is in the calendar already"),
    State.TAKEN: message("left out: the room is taken"),
    State.PROBLEM: message("left out: no time that could be understood"),
}
STEP_FREE = {"": message("Not known"), "yes": message("step-free"), "no": message("with steps")}

"""How decisions and what became of ideas are called, for everyone in the room."""

from collections.abc import Mapping

from core.errors import message
from workshop.following.models import Outcome, State

OUTCOMES: Mapping[str, str] = {
    Outcome.ADOPTED: message("It will be done"),
    Outcome.MERGED: message("It goes on with another idea"),
    Outcome.LATER: message("Later"),
    Outcome.NO: message("It will not be done"),
}
STATES: Mapping[str, str] = {
    State.BEGUN: message("Begun"),
    State.RUNNING: message("Under way"),
    State.DONE: message("Done"),
    State.GIVEN_UP: message("Given up"),
}

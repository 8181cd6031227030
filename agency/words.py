"""The words of needs and offers, for the translators."""

from core.errors import message
from people.listings.models import For, Origin
from people.models import Side

SIDES: dict[str, str] = {Side.NEED: message("Need"), Side.OFFER: message("Offer")}
PEOPLE: dict[str, str] = {
    For.PERSONS: message("People (refugees)"),
    For.ORGANISATIONS: message("Organisations"),
}
ORIGINS: dict[str, str] = {
    Origin.TEAM: message("entered by the team"),
    Origin.ANSWER: message("from an answer"),
    Origin.PASSAGE: message("from an interview"),
    Origin.CONVERSATIONS: message("from conversations"),
}
LEVELS = {
    "none": message("no German yet"),
    "a1": "A1",
    "a2": "A2",
    "b1": "B1",
    "b2": "B2",
    "c1": "C1",
}
TIMES = {
    "t_morning": message("in the morning"),
    "t_afternoon": message("in the afternoon"),
    "t_evening": message("in the evening"),
    "t_weekend": message("at the weekend"),
}

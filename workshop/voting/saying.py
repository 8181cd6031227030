"""What a vote is for and by which rule it chooses, in one plain sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import message
from workshop.models import Board, Method
from workshop.voting.models import Round

PURPOSES: Mapping[Method, str] = {
    Method.DOTS: message("What is ahead? Everyone places dots."),
    Method.APPROVAL: message("What is ahead? Everyone says yes to what they want."),
    Method.SCORE: message("What is ahead? Everyone gives points to each idea."),
    Method.BUDGET: message("What fits together into one budget? Everyone says yes to many."),
    Method.OPINION: message("Where are we of one mind? Everyone agrees, passes or disagrees."),
}
RULES: Mapping[Method, str] = {
    Method.DOTS: message(
        "Dots per person: %(each)s, on one idea at most %(most)s. Chosen are the ideas with "
        "the most dots, so many of them: %(seats)s."
    ),
    Method.APPROVAL: message(
        "Everyone says yes as often as they like, at most %(each)s times. Chosen are the ideas "
        "to which the most people say yes, so many of them: %(seats)s."
    ),
    Method.SCORE: message(
        "Everyone gives each idea 0 to %(most)s points. Chosen are the ideas with the most "
        "points, so many of them: %(seats)s."
    ),
    Method.BUDGET: message(
        "Everyone says yes to as many ideas as they like. There are %(money)s euros, and "
        "everyone decides on the same share of them: an idea is chosen when those who want it "
        "can pay for it together (method of equal shares). If money is left over, everyone's "
        "share is raised in equal steps until nothing more fits."
    ),
    Method.OPINION: message(
        "Everyone agrees, passes or disagrees. Chosen are the ideas with which clearly more "
        "than half agree of those who said something; at least half must have."
    ),
}


@dataclass(frozen=True)
class Said:
    """A text for the translators with the values that fill it."""

    text: str
    values: Mapping[str, object]


def rule_of(vote: Round | Board) -> Said:
    """Return the rule of a round, or of the next vote on a board."""
    if isinstance(vote, Round):
        each, most = vote.each, vote.most
    else:
        each, most = vote.dots_each, vote.dots_per_idea
    money = f"{vote.money or 0:,}".replace(",", "\u202f")  # as every language here can read it
    figures = {"each": each, "most": most, "seats": vote.seats, "money": money}
    text = RULES[vote.method]
    return Said(text, {name: n for name, n in figures.items() if f"%({name})s" in text})

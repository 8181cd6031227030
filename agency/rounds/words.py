"""The words of a round, for the translators."""

from agency.rounds.weighing import Weight, What
from core.errors import message

FIELDS = {  # the major groups of ISCO-08
    "1": message("Management"),
    "2": message("Academic professions"),
    "3": message("Technology and skilled office work"),
    "4": message("Office and administration"),
    "5": message("Cooking, care, sales and other services"),
    "6": message("Gardening, farming and forestry"),
    "7": message("Crafts"),
    "8": message("Machines and driving"),
    "9": message("Helping: cleaning, kitchen, storage"),
}
WHATS: dict[str, str] = {
    What.FIELD: message("Field of work"),
    What.GERMAN: message("German at least"),
    What.HOURS: message("Hours a week at least"),
    What.STARTS: message("Can begin at the latest on"),
}
WEIGHTS: dict[str, str] = {
    "": message("does not matter"),
    Weight.SOME: message("important"),
    Weight.MUCH: message("very important"),
    Weight.MUST: message("must be"),
}

"""How those who are asked were found, and why answers were erased."""

from enum import StrEnum


class Sample(StrEnum):
    """How those were found who are asked: all of a list, some drawn by lot, or anyhow."""

    CENSUS = "census"
    RANDOM = "random"
    OPEN = "open"


class Reason(StrEnum):
    """Why answers were erased."""

    RETENTION = "retention"
    RESPONDENT = "respondent"

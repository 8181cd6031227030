"""What of a project goes into its archive: a decision for every table.

A table that says nothing here goes in, if it belongs to a project: columns that look like
secrets never do. A test asks for a line here all the same, so that somebody has thought of it.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, Table, select

from core.models import Base


class Why(StrEnum):
    """Why something is not in an archive; the page and the readme say it in words."""

    ACCOUNTS = "accounts"  # of the staff, their sessions and devices
    LINKS = "links"  # that were handed out lead to the server they came from
    PERSONS = "persons"  # what people said; only their provider sees it
    CONTACTS = "contacts"  # addresses, unless somebody chose them
    VOTES = "votes"  # under way, or what could tell who chose what
    UNDOING = "undoing"  # the way back of a single act
    SERVER = "server"  # what only the server needs, and its own records


LEFT: Mapping[str, Why] = {
    "anonymous_response": Why.PERSONS,
    "archive_draft": Why.SERVER,
    "ballot": Why.VOTES,
    "calendar_import": Why.UNDOING,
    "calendar_link": Why.LINKS,
    "contact_reading": Why.SERVER,
    "conversation": Why.PERSONS,
    "device": Why.ACCOUNTS,
    "doubt": Why.PERSONS,
    "export": Why.SERVER,
    "follower": Why.CONTACTS,
    "funding_list": Why.UNDOING,
    "import_draft": Why.UNDOING,
    "mark": Why.VOTES,
    "membership": Why.ACCOUNTS,
    "name_decision": Why.UNDOING,
    "named_link": Why.LINKS,
    "network_import": Why.UNDOING,
    "outbox_mail": Why.SERVER,
    "paper_sheet": Why.VOTES,
    "paper_stack": Why.VOTES,
    "paper_tally": Why.VOTES,
    "paper_typing": Why.VOTES,
    "project": Why.SERVER,  # stands in the manifest
    "project_archive": Why.SERVER,
    "ranking_person": Why.PERSONS,
    "results_wish": Why.CONTACTS,
    "shared_idea": Why.PERSONS,
    "shared_view": Why.LINKS,
    "sign_in_key": Why.ACCOUNTS,
    "sign_in_try": Why.ACCOUNTS,
    "solved": Why.SERVER,  # worked out again
    "sorting_step": Why.UNDOING,
    "speaker_link": Why.LINKS,
    "staff_invitation": Why.LINKS,
    "staff_session": Why.ACCOUNTS,
    "turn": Why.SERVER,
    "user": Why.ACCOUNTS,
    "weekly_reader": Why.ACCOUNTS,
}
SEALED = {"contact", "sealed_answer"}  # go in when contact data are wanted, unsealed
GOES_IN = SEALED | {
    "advice_case",
    "agenda_item",
    "agreement",
    "alias",
    "attachment",
    "board",
    "card_comment",
    "card_picture",
    "card_translation",
    "case_appointment",
    "case_event",
    "case_handover",
    "challenge",
    "circular",
    "cluster",
    "concept",
    "concept_comment",
    "concept_edition",
    "concept_entry",
    "consent_text",
    "decision",
    "erasure",
    "finding",
    "follow_up",
    "frozen",
    "funding_check",
    "funding_programme",
    "guest",
    "idea",
    "income_note",
    "interview",
    "introduction",
    "invitation",
    "language_release",
    "listing",
    "listing_source",
    "match",
    "meeting",
    "mention",
    "merge",
    "naming_decision",
    "network_placement",
    "occasion",
    "offering",
    "organisation",
    "outlook",
    "own_source",
    "participant",
    "passage",
    "phrasing",
    "project_term",
    "ranking_place",
    "ranking_round",
    "recorded_tie",
    "recording",
    "release",
    "reservation",
    "resolution",
    "response",
    "room",
    "round",
    "sifted",
    "sifting",
    "slot",
    "survey",
    "survey_version",
    "task_force_member",
    "telling",
    "tie_reply",
    "tie_verdict",
    "timetable",
    "translation",
    "venture",
    "venture_backing",
    "venture_canvas",
    "venture_event",
    "venture_flow",
    "venture_funding",
    "venture_job",
    "venture_member",
    "venture_milestone",
    "venture_pilot_month",
    "workshop",
}

SECRET = re.compile(
    r"hash$|token|nonce|(?<!is_)secret|password|sealed|pointer|proof|form_key|^key$"
)
TOLD = {"options_hash", "result_hash"}  # of votes: whoever counts again needs them
KEPT_KEYS = {  # that open nothing
    (table, "key")
    for table in ("finding", "funding_check", "recording", "sifted", "translation")
}
ALWAYS_LEFT = {"id", "project_id", "version"}
LEFT_COLUMNS: Mapping[str, set[str]] = {
    "board": {"pulse", "rings", "left", "placed"},
    "idea": {"response_id", "interview_id"},  # it hangs for itself; see ``marking``
    "invitation": {"waiting"},
    "participant": {"ready"},
    "workshop": {"code", "is_open"},
}
GONE = {"deleted", "removed", "taken_down", "taken_back", "is_withdrawn", "is_waiting"}
KEPT_GONE = {"organisation"}  # others were merged into it, or it into others
Condition = Callable[[Table], ColumnElement[bool]]


def is_left(table: Table) -> bool:
    """Whether a table stays out of every archive.

    One that nobody has thought of goes in only if its rows hang on what goes in.
    """
    if table.name in LEFT or "id" not in table.c:
        return True
    needed = {
        key.column.table
        for column in table.columns
        for key in column.foreign_keys
        if not column.nullable and key.column.table is not table
    }
    others = [other for other in needed if other.name != "project"]
    return not needed or any(is_left(other) for other in others)


def is_told(table: str, column: str) -> bool:
    """Whether the values of a column stand in archives."""
    if column in ALWAYS_LEFT or column in LEFT_COLUMNS.get(table, ()):
        return False
    if column in TOLD or (table, column) in KEPT_KEYS:
        return True
    return not SECRET.search(column)


def _identified(table: Table) -> ColumnElement[bool]:
    """Answers of organisations that were handed in; nobody takes along those of persons."""
    survey = Base.metadata.tables["survey"]
    of_organisations = select(survey.c.id).where(
        survey.c.subject == "organisations", survey.c.kind != "anonymous"
    )
    return table.c.survey_id.in_(of_organisations) & table.c.submitted.is_not(None)


def _known(table: Table) -> ColumnElement[bool]:
    """Invitations to surveys in which the team may know who answered."""
    survey = Base.metadata.tables["survey"]
    kinds = select(survey.c.id).where(survey.c.kind != "anonymous")
    return table.c.survey_id.in_(kinds)


CONDITIONS: Mapping[str, Condition] = {
    "invitation": _known,
    "response": _identified,
    "round": lambda table: table.c.papers.is_not(None),
}

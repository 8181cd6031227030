"""What is said when a file cannot be read as a workshop."""

from core.errors import Refusal, message


class NotAnArchive(Refusal):
    """A file is no workshop, or somebody has changed its shape."""

    reason = message(
        "This file is not a workshop that was exported here. Please choose the file as it was "
        "downloaded (.zip)."
    )


class ArchiveTooLarge(Refusal):
    reason = message("This file unpacks to too much.")


class ChecksumWrong(Refusal):
    """The content of a round and its checksums do not belong together."""

    reason = message(
        "Vote %(number)s in this file was changed: its checksums do not fit. Nothing was "
        "imported."
    )


class ItIsARecord(Refusal):
    reason = message(
        "This board came in a file, as it was when it was closed. Decisions and notes can be "
        "added; cards and votes stay as they are."
    )

"""What is said when an archive cannot be read."""

from core.errors import Refusal, message


class NotAnArchive(Refusal):
    reason = message(
        "This file is not an archive of a project. Please choose the file as it was "
        "downloaded (.zip)."
    )


class Damaged(Refusal):
    reason = message(
        "“%(file)s” in this archive is not as it was written: it was changed, or the file did "
        "not arrive whole. Nothing was imported."
    )


class Newer(Refusal):
    reason = message(
        "This archive was written by a newer Werkstatt (format %(found)s). This one reads "
        "up to format %(known)s. Please ask whoever runs this server for an update."
    )


class TooMuch(Refusal):
    reason = message(
        "This archive unpacks to more than %(gigabytes)s GB. Nothing was imported."
    )


class Unfitting(Refusal):
    """A row says what no project could hold."""

    reason = message(
        "Line %(line)s of “%(file)s” in this archive does not fit. Nothing was imported."
    )


class Contradictory(Refusal):
    """Rows that do not fit together, as the database found out."""

    reason = message(
        "Something in “%(file)s” in this archive contradicts the rest. Nothing was imported."
    )


class AddressTaken(Refusal):
    reason = message(
        "There is a project with the address “%(slug)s” here. Please choose another."
    )


class AddressWrong(Refusal):
    reason = message("An address has small letters, digits and hyphens, as in pankow-2026.")


class Unknown(Refusal):
    reason = message(
        "“%(file)s” in this archive holds “%(name)s”, which this Werkstatt does not know. "
        "Nothing was imported."
    )

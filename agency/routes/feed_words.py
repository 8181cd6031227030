"""The words of the Werkstatt in the calendar of a member, in the language of the link."""

from flask_babel import gettext, ngettext


def deadline(name: str) -> str:
    return str(gettext("Deadline: %(name)s", name=name))


def unchecked() -> str:
    return str(gettext("Nobody has checked this entry for 180 days. Please ask the funder."))


def advice(whom: str) -> str:
    return str(gettext("Advice: %(whom)s", whom=whom))


def cancelled(title: str) -> str:
    return str(gettext("Cancelled: %(title)s", title=title))


def free(places: int) -> str:
    return str(ngettext("%(num)d place is free", "%(num)d places are free", places))

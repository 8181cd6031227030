"""What a device says of its own: that it is without network, what waits, what has arrived."""

from typing import Any

from flask_babel import gettext, ngettext


def words(counted: int) -> dict[str, Any]:
    """Return the words, with one for each number of answers up to *counted*."""
    return {
        "waiting": [
            ngettext(
                "One answer waits for the network",
                "%(num)s answers wait for the network",
                number,
            )
            for number in range(1, counted + 1)
        ],
        "here": gettext("Saved on this device"),
        "sent": gettext("Sent: what was saved on this device has arrived."),
        "arrived": gettext("Sent: your answers have arrived."),
        "receipt": gettext("To your receipt"),
        "done": gettext("Thank you, your answers are kept on this device"),
        "later": gettext(
            "You are without network now. Your answers are sent as soon as there is one: "
            "open this page again then, and you see that they have arrived."
        ),
        "without": gettext("This page needs the network"),
        "kept": gettext(
            "Your answers are kept on this device. You can close this page and go on later."
        ),
        "on": gettext("Go on answering"),
        "full": gettext(
            "This device has no room left, so this page is not kept. Leave it open, make room "
            "and press “Continue” again."
        ),
        "language": gettext("This language is not on this device yet; it needs the network."),
        "held": gettext(
            "We have your contact data already. Leave the field empty to keep them as they are."
        ),
        "refused": gettext("Your answers could not be sent."),
        "others": gettext("Answers given on this device before could not be sent."),
        "closed": gettext("This survey is closed. Thank you for your interest."),
        "unknown": gettext("The server did not take them."),
        "until": gettext("They stay on this device until they are sent or you delete them."),
        "ways": gettext("What you can do"),
        "again": gettext("Send again"),
        "change": gettext("Change the answers"),
        "mend": gettext("To the question"),
        "check": gettext("An answer is missing or does not fit; please check it."),
        "another": gettext("Somebody else wants to answer on this device"),
        "delete": gettext("Delete the answers"),
        "deleted": gettext("Your answers are deleted from this device."),
        "gone": gettext(
            "What of them was sent before is deleted on the server, too, as soon as there is "
            "network and this page is open."
        ),
        "deleting": gettext(
            "Answers are still to be deleted on the server; it needs the network."
        ),
    }

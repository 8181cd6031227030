"""What archives are told to people as: groups of tables in words, and what stays and why."""

from collections.abc import Mapping

from core.errors import message

GROUPS: Mapping[str, tuple[str, ...]] = {
    message("Organisations in the register"): ("organisation",),
    message("Members of the task force"): ("task_force_member",),
    message("Contacts of organisations"): ("contact",),
    message("Surveys"): ("survey",),
    message("Answers of organisations"): ("response",),
    message("Interviews"): ("interview",),
    message("Frozen figures"): ("frozen",),
    message("Ties and introductions"): ("recorded_tie", "introduction", "tie_reply"),
    message("Needs and offers"): ("listing",),
    message("Workshops"): ("workshop",),
    message("Cards on boards"): ("idea",),
    message("Counted votes"): ("round",),
    message("Pictures and recordings"): ("card_picture", "recording", "attachment"),
}
LEFT_OUT = (
    message(
        "Conversations with people and anonymous answers: only their provider sees them, so "
        "they stay here. Figures that were frozen from them are in the archive."
    ),
    message(
        "Accounts, passwords and roles. Whoever brings the archive in facilitates the project "
        "there and invites the team anew."
    ),
    message(
        "Links that were handed out: they lead to this server. Organisations that were "
        "invited get new links there."
    ),
    message("Ballots of a vote under way, the outbox, and what was deleted or erased."),
)


def counted(rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what an archive holds in words, with how many; what it has none of is left out.

    Tables without words of their own are counted together, as “other entries”.
    """
    told = [(words, sum(rows.get(t, 0) for t in tables)) for words, tables in GROUPS.items()]
    others = sum(rows.values()) - sum(number for _, number in told)
    told.append((message("Other entries"), others))
    return [(words, number) for words, number in told if number]

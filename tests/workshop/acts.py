"""Every form that participants and the facilitator send: what it does, and what is in it."""

from collections.abc import Mapping
from typing import Any

from workshop.moving import Act

ANYTIME = None  # whatever the phase

ACTS: Mapping[str, tuple[Act | None, str, dict[str, Any]]] = {
    # endpoint: what it does, where it is sent, and what is sent
    "workshop.seat_someone": (ANYTIME, "/w/{code}/table", {"name": "Nour"}),
    "workshop.ready": (ANYTIME, "/w/{code}/ready", {"ready": "yes"}),
    "workshop.choose_table": (ANYTIME, "/w/{code}/tables", {"table": "1"}),
    "workshop.take_back_comment": (
        ANYTIME, "/w/{code}/ideas/{idea}/comments/{comment}/removal", {},
    ),
    "workshop.post_idea": (Act.WRITE, "/w/{code}/ideas", {"title": "A choir"}),
    "workshop.rewrite_idea": (Act.WRITE, "/w/{code}/ideas/{idea}", {"title": "Two bikes"}),
    "workshop.take_back_idea": (Act.WRITE, "/w/{code}/ideas/{idea}/removal", {}),
    "workshop.hang_picture": (
        Act.WRITE, "/w/{code}/ideas/{idea}/pictures", {"description": "A wheel"},
    ),
    "workshop.take_picture_away": (Act.WRITE, "/w/{code}/ideas/{idea}/pictures/removal", {}),
    "workshop.comment": (Act.COMMENT, "/w/{code}/ideas/{idea}/comments", {"comment": "Yes"}),
    "workshop.translate_idea": (
        Act.TRANSLATE, "/w/{code}/ideas/{idea}/translations",
        {"language": "de", "title": "Radwerkstatt"},
    ),
    "workshop.withdraw_translation": (
        Act.TRANSLATE, "/w/{code}/ideas/{idea}/translations/removal", {"language": "ar"},
    ),
    "workshop.mark_ballot": (Act.VOTE, "/w/{code}/ballot/{option}", {"value": "1"}),
    "workshop.type_paper": (
        Act.VOTE, "/w/{code}/papers", {"name": "{sheet}", "box_{option}": "1"},
    ),
    "workshop.agree": (
        Act.VOTE, "/w/{code}/papers/differing", {"number": "2", "seen": "{read}"},
    ),
    "workshop.count_wall": (Act.VOTE, "/w/{code}/wall", {"people": "2", "box_{option}": "3"}),
    "workshop.follow_by_mail": (ANYTIME, "/w/{code}/follow", {"address": "a@buch.example"}),
    "workshop.hang_paper_cards": (Act.WRITE, "/w/{code}/paper-cards", {"titles": "A kitchen"}),
    "workshops.prepare": (
        ANYTIME, "/", {"title": "Next time", "questions": "And now?", "dots_each": "5",
        "dots_per_idea": "3"},
    ),
    "workshops.open_room": (ANYTIME, "/{slug}/door", {"open": "no"}),
    "workshops.set_clock": (ANYTIME, "/{slug}/clock", {"act": "start", "minutes": "5"}),
    "workshops.appoint": (ANYTIME, "/{slug}/hosts/{ben}", {"host": "yes"}),
    "workshops.add_board": (ANYTIME, "/{slug}/boards", {"questions": "And?", "title": "B"}),
    "workshops.bring_to_front": (ANYTIME, "/{slug}/front", {"board": "0"}),
    "workshops.plan": (ANYTIME, "/{slug}/agenda", {"minutes_collect": "5"}),
    "workshops.keep_outlook": (ANYTIME, "/{slug}/outlook", {"ahead": "We meet in May."}),
    "workshops.take_comment_down": (
        ANYTIME, "/{slug}/ideas/{idea}/comments/{comment}/removal", {},
    ),
    "workshops.cover": (Act.COVER, "/{slug}/cover", {"cover": "yes"}),
    "workshops.take_down": (Act.TAKE_DOWN, "/{slug}/ideas/{idea}/removal", {}),
    "workshops.let_hang": (
        Act.TAKE_DOWN, "/{slug}/ideas/{waiting}/approval", {"seen": "{unread}"},
    ),
    "workshops.let_wait": (Act.TAKE_DOWN, "/{slug}/ideas/{idea}/approval/removal", {}),
    "workshops.take_picture_down": (
        Act.TAKE_DOWN, "/{slug}/ideas/{idea}/picture/removal", {},
    ),
    "workshops.translate_idea": (
        Act.TRANSLATE, "/{slug}/ideas/{idea}/translations",
        {"language": "de", "title": "Radwerkstatt"},
    ),
    "workshops.withdraw_translation": (
        Act.TRANSLATE, "/{slug}/ideas/{idea}/translations/removal", {"language": "ar"},
    ),
    "workshops.sort_cards": (
        Act.GROUP, "/{slug}/sorting", {"act": "new", "title": "New", "cards": "{idea}"},
    ),
    "workshops.take_proposal": (
        Act.GROUP, "/{slug}/sorting/clusters",
        {"headings-0-taken": "y", "headings-0-title": "New", "headings-0-cards": "{idea}"},
    ),
    "workshops.rename_cluster": (
        Act.GROUP, "/{slug}/sorting/clusters/{cluster}", {"title": "Wheels"},
    ),
    "workshops.dissolve_cluster": (Act.GROUP, "/{slug}/sorting/clusters/{cluster}/removal", {}),
    "workshops.undo_sorting": (Act.MERGE, "/{slug}/sorting/steps/{step}/removal", {}),
    "workshops.merge": (
        Act.MERGE, "/{slug}/sorting/merging", {"card": ["{idea}", "{other}"], "kept": "{idea}"},
    ),
    "workshops.split": (Act.MERGE, "/{slug}/sorting/ideas/{absorbed}/separation", {}),
    "workshops.rephrase": (
        Act.PREPARE, "/{slug}/settings", {"title": "Another evening", "questions": "Why?",
        "dots_each": "5", "dots_per_idea": "3"},
    ),
    "workshops.choose_rule": (
        Act.PREPARE, "/{slug}/vote",
        {"method": "approval", "dots_each": "4", "dots_per_idea": "2", "seats": "2"},
    ),
    "workshops.print_papers": (Act.VOTE, "/{slug}/papers/stack", {"before": "9", "more": "5"}),
    "workshops.type_paper": (
        Act.VOTE, "/{slug}/papers", {"name": "{sheet}", "box_{option}": "1"},
    ),
    "workshops.agree": (
        Act.VOTE, "/{slug}/papers/differing", {"number": "2", "seen": "{read}"},
    ),
    "workshops.take_out_paper": (Act.VOTE, "/{slug}/papers/removal", {"name": "{typed}"}),
    "workshops.count_wall": (Act.VOTE, "/{slug}/wall", {"people": "2", "box_{option}": "3"}),
    "workshops.hang_paper_cards": (Act.WRITE, "/{slug}/paper-cards", {"titles": "A kitchen"}),
    "workshops.decide": (
        Act.DECIDE, "/{slug}/ideas/{idea}/decision", {"i{idea}-outcome": "no",
        "i{idea}-reason": "No room", "i{idea}-partner": ""},
    ),
    "workshops.undo_decision": (Act.DECIDE, "/{slug}/ideas/{idea}/decisions/1/removal", {}),
    "workshops.note": (
        Act.FOLLOW, "/{slug}/ideas/{idea}/notes",
        {"state": "done", "text": "It is open.", "day": "2026-11-20"},
    ),
    "workshops.withdraw_note": (Act.FOLLOW, "/{slug}/ideas/{idea}/notes/{note}/removal", {}),
}  # fmt: skip
OTHERS = {  # the ways in and out, what only the cookie remembers, moving, which has its own
    # table, and mails about decisions, which have their own tests
    "workshop.enter_code", "workshop.take_part", "workshop.go_on_here", "workshop.sit_down",
    "workshop.hand_on", "workshops.move", "workshops.bring_archive",
    "workshop.stop_following", "workshops.tell_followers",
}  # fmt: skip

"""The commands of this context: ``flask --app app workshop …``, no project needed."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from core.cli import as_json, file, reasons_on_stderr
from workshop.archive import cli as archive
from workshop.exchange import reading, votes
from workshop.rules import PRICES, RULES, Outcome, Profile, tally
from workshop.rules.coverage import coverage
from workshop.rules.ties import by_lot

COMPLETIONS = ["add1", "phragmen", "none"]
NUMBERED = ".abc.yaml"  # here options are numbers, elsewhere words
workshop = AppGroup("workshop", help="Count votes from files; workshops out and in.")
workshop.add_command(archive.export)
workshop.add_command(archive.bring_in)
commands: list[click.Command] = [workshop]


@workshop.command("tally")
@file
@click.option("--rule", type=click.Choice(sorted(RULES)), required=True)
@click.option("--seats", type=click.IntRange(min=1), help="How many win; prices do not count.")
@click.option(
    "--completion",
    type=click.Choice(COMPLETIONS),
    help="What Equal Shares does with the rest: phragmen for .abc.yaml, else add1.",
)
@click.option("--lot", metavar="SEED", help="Break ties by lot instead of by order.")
@as_json
def count(
    path: Path,
    rule: str,
    seats: int | None,
    completion: str | None,
    lot: str | None,
    as_json: bool,
) -> None:
    """Count the votes in a file: .pb, .abc.yaml, .soc, .soi, .toc, .toi or .csv."""
    numbered = path.name.lower().endswith(NUMBERED)
    completion = completion or ("phragmen" if numbered else "add1")
    with reasons_on_stderr():
        profile = reading.read(path)
        order = by_lot(profile.ids, lot) if lot is not None else None
        outcome = tally(rule, profile, seats, order, completion)
    found = _told(rule, profile, outcome, numbered) | {
        "tie_break": "order" if lot is None else "lot"
    }
    if rule == "equal-shares":
        found["completion"] = completion
    if rule in PRICES and profile.budget is not None and not seats:
        spent = sum(profile.costs[option] for option in outcome.winners)
        found |= {"budget": _plain(profile.budget), "spent": _plain(spent)}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, allow_nan=False))
    else:
        _say(profile, outcome, found)


@workshop.command("groups")
@file
@as_json
def groups(path: Path, as_json: bool) -> None:
    """Find what most agree on, and groups of opinion, in participant,statement,vote.

    Votes are 1 (agrees), 0 (passes) and -1 (disagrees); the last vote of each on each counts.
    A matrix works as well: one row for each participant, one column for each statement.
    """
    from workshop.rules.consensus import consensus  # noqa: PLC0415
    from workshop.rules.groups import opinion_groups  # noqa: PLC0415 - heavy

    with reasons_on_stderr():
        table = votes.read(path)
    common = consensus((statement, vote) for (_, statement), vote in table.items())
    opinions = opinion_groups(table)
    found: dict[str, Any] = {
        "consensus": {
            "agree": [each.statement for each in common.agree],
            "disagree": [each.statement for each in common.disagree],
        },
        "groups": opinions.groups,
        "stable": opinions.stable,
        "agreement": opinions.agreement,
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, allow_nan=False))
        return
    for side, statements in (("agree with", common.agree), ("refuse", common.disagree)):
        click.echo(f"What most {side}:" if statements else f"Nothing that most {side}.")
        for each in statements:
            click.echo(f"  {each.statement}: {each.yes} of {each.votes}")
    number = len(set(opinions.groups.values()))
    how = "stable" if opinions.stable else "not stable: do not show them"
    click.echo(f"Groups of opinion: {number}, {how} (agreement {opinions.agreement:.2f}).")


def _told(rule: str, profile: Profile, outcome: Outcome, numbered: bool) -> dict[str, Any]:
    """Return the outcome in plain values, with the ids as they stand in the file."""

    def ids(options: Iterable[str]) -> list[Any]:
        return [int(option) if numbered else option for option in options]

    found: dict[str, Any] = {
        "rule": rule,
        "winners": ids(outcome.winners),
        "scores": {option: _plain(score) for option, score in outcome.scores.items()},
        "ties": [
            {"options": ids(tie.options), "chosen": ids(tie.chosen)} for tie in outcome.ties
        ],
        "winner_sets": [ids(each) for each in outcome.sets],
        "all_winner_sets": outcome.all_sets,
        "voters": profile.voters,
        **outcome.more,
    }
    if profile.ballots and not any(ballot.ranks for ballot in profile.ballots):
        covered = coverage(profile, outcome.winners)
        found["coverage"] = {"voters": covered.voters, "covered": covered.covered}
    return found


def _plain(number: Any) -> int | float:
    if isinstance(number, Fraction):
        return number.numerator if number.denominator == 1 else float(number)
    return number  # type: ignore[no-any-return]


def _say(profile: Profile, outcome: Outcome, found: Mapping[str, Any]) -> None:
    names = {option.id: option.name for option in profile.options}
    for place, option in enumerate(outcome.winners, start=1):
        score = found["scores"].get(option)
        said = "" if score is None else f" ({round(score, 4):,})"
        click.echo(f"{place}. {option} {names[option]}".rstrip() + said)
    for tie in outcome.ties:
        chosen = ", ".join(tie.chosen)
        click.echo(f"Equal: {', '.join(tie.options)}; {chosen} by {found['tie_break']}.")
    if "spent" in found:
        click.echo(f"Spent {found['spent']:,} of {found['budget']:,}.")
    if "coverage" in found and profile.voters:
        covered = found["coverage"]["covered"]
        share = 100 * covered / profile.voters
        click.echo(
            f"{covered} of {profile.voters} ({share:.0f} %) have one of theirs among these."
        )

from pathlib import Path

import pytest

from workshop.exchange import votes
from workshop.exchange.reading import Unreadable, read
from workshop.rules import Profile, tally
from workshop.rules.profile import TooLarge

PB = """META
key;value
budget;100
vote_type;{kind}
PROJECTS
project_id;cost;name
p1;60;Bühne
p2;50;Garten
VOTES
voter_id;vote;points
1;p1,p2;{points}
2;p2;{more}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def profile_in(folder: Path, name: str, content: str | bytes) -> Profile:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def test_pabulib_has_prices_and_approvals_or_points(folder: Path) -> None:
    approvals = profile_in(folder, "a.pb", PB.format(kind="approval", points="", more=""))
    assert (approvals.budget, approvals.costs) == (100, {"p1": 60, "p2": 50})
    assert approvals.support == {"p1": 1, "p2": 2}
    points = profile_in(folder, "b.pb", PB.format(kind="cumulative", points="7,3", more="10"))
    assert tally("sum", points).scores == {"p1": 7, "p2": 13}
    ranks = profile_in(folder, "c.pb", PB.format(kind="ordinal", points="", more=""))
    assert ranks.ballots[0].ranks == (("p1",), ("p2",))


@pytest.mark.parametrize(
    "profile", ["[[0, 1],\n  [2], []]", "\n- [0, 1]\n- [2]\n- []", "[[0,1],[2],[],]  # three"]
)
def test_committees_are_read_as_yaml_writes_them(folder: Path, profile: str) -> None:
    found = profile_in(
        folder, "x.abc.yaml", f"profile: {profile}\nnum_cand: 4\ncommitteesize: 2\n"
    )
    assert (found.ids, found.seats) == (("0", "1", "2", "3"), 2)
    assert [ballot.approved for ballot in found.ballots] == [("0", "1"), ("2",), ()]


@pytest.mark.parametrize(
    "content",
    [
        "# TITLE: x\n# ALTERNATIVE NAME 1: Anna\n# ALTERNATIVE NAME 2: Bo\n"
        "# ALTERNATIVE NAME 3: Cem\n5: 1,{2,3}\n4: {1, 2},3\n2: 3\n",
        "3\n1,Anna\n2,Bo\n3,Cem\n11,11,3\n5,1,{2,3}\n4,{1, 2},3\n2,3\n",
    ],
)
def test_preflib_is_read_as_it_is_and_as_it_was(folder: Path, content: str) -> None:
    found = profile_in(folder, "x.toc", content)
    assert [option.name for option in found.options] == ["Anna", "Bo", "Cem"]
    assert [(ballot.ranks, ballot.weight) for ballot in found.ballots] == [
        ((("1",), ("2", "3")), 5), ((("1", "2"), ("3",)), 4), ((("3",),), 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "winner,loser,votes,against\na,b,3,1\nb,c,3,1\na,c,2,2\n",
        "winner;loser;votes\na;b;3\nb;a;1\nb;c;3\nc;b;1\na;c;2\nc;a;2\n",
        "pair,votes\na>b,3:1\nb>c,3:1\na>c,2:2\n",
        ",a,b,c\na,,3,2\nb,1,,3\nc,2,1,\n",
    ],
)
def test_pairs_are_read_as_rows_or_as_a_square(folder: Path, content: str) -> None:
    found = profile_in(folder, "pairs.csv", content)
    assert found.duels == {
        ("a", "b"): 3, ("b", "a"): 1, ("b", "c"): 3,
        ("c", "b"): 1, ("a", "c"): 2, ("c", "a"): 2,
    }  # fmt: skip
    assert tally("schulze", found).winners == ("a",)


def test_our_own_tables_have_points_weights_prices_or_rankings(folder: Path) -> None:
    table = "ballot,weight,Rad,Garten\ncost,,500,300\nbudget,,700,\n1,2,1,\n2,,,1\n"
    found = profile_in(folder, "own.csv", table)
    assert (found.budget, found.costs, found.graded) == (
        700,
        {"Rad": 500, "Garten": 300},
        False,
    )
    assert found.support == {"Rad": 2, "Garten": 1}
    ranks = profile_in(folder, "ranks.csv", "ballot,ranking\n1,a > b = c\n2,c\n")
    assert ranks.ballots[0].ranks == (("a",), ("b", "c"))


def test_old_excel_and_semicolons_are_read_too(folder: Path) -> None:
    found = profile_in(folder, "own.csv", "ballot;Bühne;Tür\n1;1,5;\n".encode("cp1252"))
    assert found.ids == ("Bühne", "Tür")
    assert found.ballots[0].points["Bühne"] == 1.5


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pb", "", "no options"),
        ("a.pb", "hello\n", "must begin with META"),
        ("a.pb", PB.format(kind="magic", points="", more=""), "not known here"),
        ("a.pb", PB.format(kind="scoring", points="1", more="1"), "2 projects, but 1 points"),
        ("a.pb", PB.format(kind="scoring", points="1,9e999999999", more="1"), "is no number"),
        (
            "a.pb",
            PB.format(kind="approval", points="", more="").replace(";50", ";-5"),
            "less than",
        ),
        (
            "a.pb",
            PB.format(kind="approval", points="", more="").replace("2;p2", "2;p3"),
            "no option",
        ),
        (
            "a.pb",
            PB.format(kind="approval", points="", more="").replace("p1,p2", "p1,p1"),
            "twice",
        ),
        ("a.abc.yaml", "num_cand: 3\n", "no “profile”"),
        ("a.abc.yaml", "profile: !!python/object [1]\n", "no list of lists"),
        ("a.abc.yaml", "profile: [[0], [7]]\nnum_cand: 3\n", "no candidate 7"),
        ("a.abc.yaml", "profile: [[true]]\n", "not all numbers"),
        ("a.abc.yaml", f"profile: {'[' * 100_000}\n", "a.abc.yaml"),
        ("a.soc", "# ALTERNATIVE NAME 1: x\n1: 2\n", "no option"),
        ("a.soc", "# ALTERNATIVE NAME 1: x\nhello\n", "line 2"),
        ("a.soi", "3\n1,x\n", "line 1"),
        ("a.toc", "# ALTERNATIVE NAME 1: x\n1: {1\n", "no ranking"),
        ("a.toc", "# ALTERNATIVE NAME 1: x\n1: 1,1\n", "twice"),
        ("a.csv", "", "empty"),
        ("a.csv", "foo,bar\n1,2\n", "line 1: must be"),
        ("a.csv", "ballot,a,a\n1,1,1\n", "same name"),
        ("a.csv", "ballot,a\n1,many\n", "no number"),
        ("a.csv", "ballot,weight,a\n1,0,1\n", "whole number from 1"),
        ("a.csv", "ballot,a,b\ncost,1,\nbudget,5,\n1,1,\n", "has no cost"),
        ("a.csv", "winner,loser,votes\na,a,3\n", "line 2"),
        ("a.csv", "winner,loser,votes,against\na,b,3,1\nb,a,2,3\n", "line before"),
        ("a.csv", b"\0\1\2", "not a file of text"),
        ("a.csv", 'ballot,a\n1,"' + "x" * 200_000, "table of text"),
        ("a.txt", "hello", "must end in"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(
    folder: Path, name: str, content: str | bytes, reason: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        profile_in(folder, name, content)
    assert reason in refusal.value.reason % refusal.value.values


def test_numbers_beyond_counting_are_refused(folder: Path) -> None:
    huge = "ballot,weight,a,b\n1,999999999,999999999999999,1\n"
    for rule in ("equal-shares", "majority-judgment"):
        with pytest.raises(TooLarge):
            tally(rule, profile_in(folder, "own.csv", huge))


def test_of_two_votes_on_a_statement_the_last_counts(folder: Path) -> None:
    rows = "participant,statement,vote\n1,a,1\n1,a,-1\n2,a,0\n"
    assert votes.parse(rows) == {("1", "a"): -1, ("2", "a"): 0}
    timed = "timestamp,comment-id,voter-id,vote\n20,a,1,-1\n10,a,1,1\n"
    assert votes.parse(timed) == {("1", "a"): -1}
    matrix = "participant,group-id,a,b\n1,0,1,\n2,1,-1,0\n"
    assert votes.parse(matrix) == {("1", "a"): 1, ("2", "a"): -1, ("2", "b"): 0}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", "no column “participant”"),
        ("participant,statement\n1,a\n", "no column “vote”"),
        ("participant,statement,vote\n1,a,5\n", "no vote"),
        ("participant,statement,vote\n1,a\n", "line 2"),
        ("participant,statement,vote\n", "no votes"),
        ("", "empty"),
    ],
)
def test_broken_votes_are_refused_with_their_reason(
    folder: Path, content: str, reason: str
) -> None:
    path = folder / "votes.csv"
    path.write_text(content)
    with pytest.raises(Unreadable) as refusal:
        votes.read(path)
    assert reason in refusal.value.reason % refusal.value.values

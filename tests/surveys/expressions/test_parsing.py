"""Reading and printing expressions: neither any text nor any tree gets them into trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from surveys.expressions.parsing import parse
from surveys.expressions.printing import to_text
from surveys.expressions.syntax import (
    LEVELS,
    Call,
    ExpressionError,
    Negation,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Text,
)
from surveys.expressions.tokens import straighten

NAMES = some.from_regex(r"[a-zä_][a-z0-9_.\-]{0,5}", fullmatch=True)
ABSOLUTE = some.tuples(some.just(""), NAMES, NAMES)
STEPS = some.lists(NAMES | some.just(".."), min_size=1, max_size=3).map(tuple)
LEAVES: some.SearchStrategy[Node] = (
    some.floats(min_value=0, allow_infinity=False, allow_nan=False).map(Number)
    | some.text("ab ‘“'1", max_size=5).map(Text)
    | some.text('ab ”"1', max_size=5).map(Text)
    | NAMES.map(Reference)
    | (STEPS | ABSOLUTE | some.just((".",))).map(Path)
)


def _above(below: some.SearchStrategy[Node]) -> some.SearchStrategy[Node]:
    several = some.lists(below, min_size=2, max_size=4).map(tuple)
    return (
        some.builds(
            Call, NAMES | some.just("jr:choice-name"), some.lists(below, max_size=3).map(tuple)
        )
        | some.builds(Negation, below)
        | some.builds(Operation, some.sampled_from(sorted(LEVELS)), several)
    )


TREES = some.recursive(LEAVES, _above, max_leaves=25)


@given(TREES)
def test_what_is_printed_reads_back_the_same(tree: Node) -> None:
    assert parse(to_text(tree)) == tree


@given(some.text() | some.text("${}()'\"‘“,.+-*/<>=!ab 1\u00a0|[]@:", max_size=60))
def test_any_text_is_an_expression_or_an_error_with_a_reason(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionError as error:
        assert str(error)
    else:
        assert parse(to_text(tree)) == tree


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 5000, "not(" * 5000, "1+1-" * 5000 + "1"])
def test_endless_nesting_is_refused_before_it_hurts(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_long_chains_are_read_flat() -> None:
    chain = parse(" or ".join(["${a} = 1"] * 2000))
    assert isinstance(chain, Operation)
    assert len(chain.operands) == 2000


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("${a}>1 and(${b}<2)", "${a} > 1 and ${b} < 2"),
        ("a -1", "a - 1"),
        ("a-1", "a-1"),  # a name may contain a hyphen (XPath 1.0 §3.7)
        ("if (1, 2, 3)", "if(1, 2, 3)"),
        ("div div div", "div div div"),
        ("(1 + 2) + 3", "(1 + 2) + 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("-(1 + 2)", "-(1 + 2)"),
        ("${ spaced }", "${spaced}"),
        ("/data/age", "/data/age"),
        ("position( .. )", "position(..)"),
        ("‘6’ = “7”", "'6' = '7'"),
    ],
)
def test_the_plainest_spelling(text: str, printed: str) -> None:
    assert to_text(parse(text)) == printed


@pytest.mark.parametrize(
    ("text", "position"), [("1 + + 2", 4), ("selected(${a} 'b')", 14), ("a = 'b", 4), ("", 0)]
)
def test_an_error_knows_its_place(text: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.position == position


def test_quotes_within_quotes_stay_as_they_are() -> None:
    assert straighten("'Don’t' = “it’s”") == "'Don’t' = \"it’s\""

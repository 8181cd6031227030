from workshop.models import Method
from workshop.voting.models import Round
from workshop.voting.saying import rule_of


def test_a_vote_about_money_says_what_happens_to_money_left_over() -> None:
    said = rule_of(Round(method=Method.BUDGET, each=1, most=1, seats=1, money=12000))
    assert "everyone's share is raised in equal steps until nothing more fits" in said.text
    assert said.values == {"money": "12\u202f000"}

import pytest
from scipy import stats
from sqlalchemy.orm import Session

from people.models import Project
from surveys.kinds import Sample
from surveys.models import Kind, Subject
from surveys.reporting.testing import independence, may_be_tested, tail
from tests.surveys.example import a_survey

TABLE = ((30, 14, 9), (12, 28, 11), (10, 8, 31))


def test_the_test_says_what_another_one_says() -> None:
    tested = independence(TABLE)
    known = stats.chi2_contingency(TABLE, correction=False)
    assert tested and (tested.n, tested.freedom, tested.few) == (153, 4, 0)
    assert tested.chi_square == pytest.approx(known.statistic, rel=1e-12)
    assert tested.p == pytest.approx(known.pvalue, rel=1e-10)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 12, 39 * 39])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0, 1.7])
def test_the_tail_is_that_of_the_distribution(freedom: int, share: float) -> None:
    value = share * freedom
    assert tail(value, freedom) == pytest.approx(stats.chi2.sf(value, freedom), abs=1e-12)


def test_where_few_are_expected_there_is_no_p() -> None:
    tested = independence(((9, 1), (9, 2)))
    assert tested and tested.p is None
    assert (tested.few, tested.fields) == (2, 4)


def test_whom_nobody_chose_says_nothing() -> None:
    assert independence(((20, 0, 10), (0, 0, 0), (10, 0, 20))) == independence(
        ((20, 10), (10, 20))
    )
    assert independence(((3, 4),)) is None
    assert independence(((3, 0), (4, 0))) is None
    assert independence(()) is None


def test_only_a_random_sample_of_organisations_is_tested(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    assert not may_be_tested(survey)
    survey.sample = Sample.OPEN
    assert not may_be_tested(survey)
    survey.sample = Sample.RANDOM
    assert may_be_tested(survey)
    survey.subject = Subject.PERSONS
    assert not may_be_tested(survey)
    survey.subject, survey.kind = Subject.ORGANISATIONS, Kind.OPEN
    assert not may_be_tested(survey)

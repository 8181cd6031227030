import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.models import Subject
from surveys.reporting.charts import Bars, Chart, Clouds, Elsewhere, Numbers, Scale
from surveys.reporting.results import Reading
from tests.surveys.answers import instrument
from tests.surveys.counted import a_table
from tests.surveys.example import ENTERPRISES

Said = tuple[str, dict[str, object]]


def column(number: int, language: str = "de", **answers: object) -> Said:
    return language, dict(answers)


def read(
    columns: list[Said], subject: Subject = Subject.ORGANISATIONS, language: str = "en"
) -> dict[str, Chart]:
    table = a_table([said for _, said in columns], [code for code, _ in columns])
    parts = Reading(ENTERPRISES, table, subject, language).parts()
    return {chart.name: chart for part in parts for chart in part.charts}


def counts(chart: Bars) -> dict[str, int | None]:
    return {bar.label.text: bar.cell.count for bar in chart.bars}


def test_bars_are_as_counted_by_hand_the_longest_first() -> None:
    kinds = ["migrant", "provider", "provider", "", None]
    chart = read([column(n, org_type=kind) for n, kind in enumerate(kinds)])["org_type"]
    assert isinstance(chart, Bars)
    assert counts(chart) == {"Social provider": 2, "Migrant organisation": 1}
    assert [bar.label.text for bar in chart.bars] == ["Social provider", "Migrant organisation"]
    assert [text.text for text in chart.unnamed] == ["Social enterprise", "Research"]
    assert chart.n.count == 3
    assert chart.bars[0].cell.share == pytest.approx(2 / 3)


def test_of_many_choices_everyone_may_count_in_several() -> None:
    chosen = [["rooms", "jobs"], ["rooms"], []]
    chart = read([column(n, offers=each) for n, each in enumerate(chosen)])["offers"]
    assert isinstance(chart, Bars)
    assert counts(chart) == {"Rooms and workshops": 2, "Jobs": 1}
    assert (chart.several, chart.n.count) == (True, 2)


def test_a_matrix_is_one_chart_and_its_head_is_none() -> None:
    charts = read([column(1, b_language="3", b_admin="0"), column(2, b_language="3")])
    chart = charts["b_language"]
    assert isinstance(chart, Scale)
    assert [row.label.text for row in chart.rows] == [
        "German skills", "Missing childcare", "Paperwork",
    ]  # fmt: skip
    assert [[cell.count for cell in row.cells] for row in chart.rows] == [
        [0, 0, 0, 2], [0, 0, 0, 0], [1, 0, 0, 0],
    ]  # fmt: skip
    assert [row.n.count for row in chart.rows] == [2, 0, 1]
    assert "b_head" not in charts
    assert "b_admin" not in charts


def test_who_does_not_know_stands_beside_the_scale() -> None:
    charts = read([column(1, expiring="dk"), column(2, expiring="1_25")])
    chart = charts["expiring"]
    assert isinstance(chart, Scale)
    assert [step.text for step in chart.steps] == [
        "nothing", "up to a quarter", "a quarter to a half", "more than a half",
    ]  # fmt: skip
    assert [(bar.label.text, bar.cell.count) for bar in chart.rows[0].apart] == [
        ("don't know", 1)
    ]
    assert chart.rows[0].n.count == 2


def test_a_long_order_is_bars_in_that_order() -> None:
    levels = ["b1", "b1", "none", "a2"]
    chart = read([column(n, min_german=level) for n, level in enumerate(levels)])["min_german"]
    assert isinstance(chart, Bars)
    assert [bar.label.text for bar in chart.bars] == ["no German yet", "A2", "B1"]


def test_numbers_have_their_middle_and_bins() -> None:
    chart = read([column(n, headcount=people) for n, people in enumerate([0, 2, 2, 5])])
    heads = chart["headcount"]
    assert isinstance(heads, Numbers)
    assert heads.spread
    assert (heads.spread.median, heads.n.count) == (2, 4)
    assert [cell.count for _, cell in heads.bins] == [1, 0, 2, 0, 0, 1]


def test_ties_names_and_contact_data_are_no_charts() -> None:
    charts = read([column(1, org_other="Fahrrad eG", email="a@example.org")])
    places = {c.name: c.place for c in charts.values() if isinstance(c, Elsewhere)}
    assert places == {
        "org": "network", "org_other": "network", "tie": "network", "email": "contact",
    }  # fmt: skip


def test_each_language_has_words_of_its_own() -> None:
    texts = [("de", "Räume"), *[("de-simple", "Raum")] * 4, ("en", "rooms"), ("en", "rooms")]
    texts += [("ar", word) for word in ("مدرسة", "المدرسة", "للمدرسة", "والمدرسة", "بالمدرسة")]
    columns = [column(n, code, idea=text) for n, (code, text) in enumerate(texts)]
    chart = read(columns)["idea"]
    assert isinstance(chart, Clouds)
    assert {cloud.language: cloud.words[0].people for cloud in chart.clouds} == {
        "de": 5, "ar": 5,
    }  # fmt: skip


def test_of_persons_small_cells_hide_and_words_need_five() -> None:
    columns = [column(n, org_type="provider", idea="Kita") for n in range(7)]
    columns += [column(n, org_type="migrant", idea="Garten") for n in range(7, 10)]
    charts = read(columns, Subject.PERSONS)
    bars, words = charts["org_type"], charts["idea"]
    assert isinstance(bars, Bars)
    assert isinstance(words, Clouds)
    assert set(counts(bars).values()) == {None}  # 7 of 10 would tell the 3
    assert [word.text for cloud in words.clouds for word in cloud.words] == ["Kita"]


def test_a_small_language_of_persons_has_no_words() -> None:
    columns = [column(n, "ar", idea="مدرسة") for n in range(9)]
    chart = read(columns, Subject.PERSONS)["idea"]
    assert isinstance(chart, Clouds)
    assert chart.clouds == ()


def test_of_persons_no_quartile_is_shown() -> None:
    """It is the answer of one of them."""
    columns = [column(n, headcount=n) for n in range(45)]
    chart = read(columns, Subject.PERSONS)["headcount"]
    assert isinstance(chart, Numbers)
    assert chart.spread is None


@given(st.lists(st.sampled_from(["0", "1_25", "26_50", "51_100", "dk", ""]), max_size=40))
def test_steps_and_what_stands_beside_add_up_to_n(values: list[str]) -> None:
    chart = read([column(n, expiring=value) for n, value in enumerate(values)])["expiring"]
    assert isinstance(chart, Scale)
    row = chart.rows[0]
    beside = sum(bar.cell.count or 0 for bar in row.apart)
    assert sum(cell.count or 0 for cell in row.cells) + beside == row.n.count


@given(st.lists(st.sampled_from(["provider", "migrant", "enterprise"]), max_size=40))
def test_bars_of_persons_never_show_a_small_count(values: list[str]) -> None:
    columns = [column(n, org_type=value) for n, value in enumerate(values)]
    chart = read(columns, Subject.PERSONS)["org_type"]
    assert isinstance(chart, Bars)
    assert all(bar.cell.count is None or bar.cell.count >= 5 for bar in chart.bars)


def test_results_begin_with_what_was_asked_and_end_with_consents_and_the_version() -> None:
    form = instrument("enterprise_survey")
    table = a_table([{"consent": "yes", "length": "short", "org_type": "provider"}], ["de"])
    parts = [*Reading(form, table, Subject.ORGANISATIONS, "de").parts()]
    names = [[chart.name for chart in part.charts] for part in parts]
    assert names[0][:2] == ["org", "org_other"] and parts[0].title.text == "A. Profil"
    assert {"consent", "length"} <= {*names[-1]} and parts[-1].beside
    assert not any(part.beside for part in parts[:-1])
    asked = [name for part in names for name in part]
    assert len(asked) == len({*asked})

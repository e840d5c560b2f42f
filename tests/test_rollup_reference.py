"""The fast integer arithmetic equals the plain formulas on generated panels."""

from hypothesis import given

from scorecards.rollup import rollup
from tests.rollup_cases import PROPERTY, assessed
from tests.rollup_reference import Reference


@PROPERTY
@given(assessed(max_areas=4, max_people=5, max_questions=4))
def test_core_equals_the_formulas(case):
    plain, result = Reference(case), rollup(*case)

    assert result.score == plain.score
    assert result.variance == plain.variance
    assert result.effective_interviewers == plain.effective()
    assert result.panel_q == plain.panel_q()
    assert {(c.interviewer, c.area, c.question): c.weight for c in result.contributions} == (
        plain.leaves
    )


@PROPERTY
@given(assessed(max_areas=4, max_people=5, max_questions=4))
def test_areas_and_people_equal_the_formulas(case):
    plain, result = Reference(case), rollup(*case)

    rated = {name: area for name, area in result.areas.items() if area.raters}
    assert {name: area.score for name, area in rated.items()} == plain.area_score
    for name, area in rated.items():
        assert area.variance == plain.error(plain.area_leaves[name])
        assert area.q == plain.area_q(name)
        assert area.means == {person: plain.mean(person, name) for person in plain.raters(name)}
        assert area.spread == max(area.means.values()) - min(area.means.values())
    assert list(result.interviewers) == plain.people
    for name, person in result.interviewers.items():
        leaves, composite, expected = plain.own(name)
        assert (person.score, person.expected) == (composite, expected)
        assert person.variance == plain.error(leaves)

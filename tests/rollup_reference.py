"""Sections 2 to 6 of the roll-up written a second time, rating by rating, as the formulas stand.

Slow and plain on purpose: nothing here is shared with the package but its input.
"""

from collections import defaultdict
from fractions import Fraction

from scorecards.rollup import Case


class Reference:
    """Score, error and disagreement of a case with at least one counted rating."""

    def __init__(self, case: Case) -> None:
        self.config = case.config
        self.y = {}
        self.u = {}
        self.cells = defaultdict(list)
        for row in case.ratings:
            area = case.config.questions[row.question].area
            if row.value is not None and area in case.config.areas:
                self.y[row.interviewer, row.question] = Fraction(
                    row.value - 1, case.config.points - 1
                )
                self.u[row.question] = Fraction(case.config.questions[row.question].weight)
                self.cells[row.interviewer, area].append(row.question)
        self.kappa = case.config.var_e / (case.config.var_b + case.config.var_d)
        self.leaves = self._leaves({a: case.config.areas[a].weight for _, a in self.cells})
        self.score = sum(c * self.y[key[0], key[2]] for key, c in self.leaves.items())
        self.variance = self.error(self.leaves)
        self.areas = sorted({area for _, area in self.cells})
        self.people = sorted({person for person, _ in self.cells})
        self.area_leaves = {area: self._leaves({area: 1}) for area in self.areas}
        self.area_score = {
            area: sum(c * self.y[k[0], k[2]] for k, c in self.area_leaves[area].items())
            for area in self.areas
        }

    def n(self, person, area):
        weights = [self.u[question] for question in self.cells[person, area]]
        return sum(weights) ** 2 / sum(weight**2 for weight in weights)

    def v(self, person, area):
        return self.n(person, area) / (self.n(person, area) + self.kappa)

    def mean(self, person, area):
        questions = self.cells[person, area]
        total = sum(self.u[question] for question in questions)
        return sum(self.u[question] * self.y[person, question] for question in questions) / total

    def raters(self, area):
        return [person for person, rated in self.cells if rated == area]

    def _leaves(self, weights, only=None):
        """c_iq over these areas, by (person, area, question); `only` one person's."""
        leaves = {}
        for (person, area), questions in list(self.cells.items()):
            if area not in weights or only not in (None, person):
                continue
            trust = sum(self.v(other, area) for other in self.raters(area) if only in (None, other))
            inside = sum(self.u[question] for question in questions)
            for question in questions:
                leaves[person, area, question] = (
                    Fraction(weights[area])
                    / sum(weights.values())
                    * (self.v(person, area) / trust)
                    * (self.u[question] / inside)
                )
        return leaves

    def error(self, leaves):
        """Formula 4, term by term."""
        by_person, by_cell = defaultdict(Fraction), defaultdict(Fraction)
        for (person, area, _), c in leaves.items():
            by_person[person] += c
            by_cell[person, area] += c
        return (
            self.config.var_b * sum(c**2 for c in by_person.values())
            + self.config.var_d * sum(c**2 for c in by_cell.values())
            + self.config.var_e * sum(c**2 for c in leaves.values())
        )

    def effective(self):
        by_person = defaultdict(Fraction)
        for (person, _, _), c in self.leaves.items():
            by_person[person] += c
        return 1 / sum(c**2 for c in by_person.values())

    def area_q(self, area):
        config = self.config
        return sum(
            (self.mean(person, area) - self.area_score[area]) ** 2
            / (config.var_b + config.var_d + config.var_e / self.n(person, area))
            for person in self.raters(area)
        )

    def own(self, person):
        """That person's leaves, their composite, and the panel's score under the same leaves."""
        weights = {a: self.config.areas[a].weight for who, a in self.cells if who == person}
        leaves = self._leaves(weights, only=person)
        composite = sum(c * self.y[person, question] for (_, _, question), c in leaves.items())
        expected = sum(c * self.area_score[area] for (_, area, _), c in leaves.items())
        return leaves, composite, expected

    def panel_q(self):
        total = Fraction(0)
        for person in self.people:
            leaves, composite, expected = self.own(person)
            total += (composite - expected) ** 2 / self.error(leaves)
        return total

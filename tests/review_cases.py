"""A worked example of the roll-up as an application in the database, and its review page read."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

from django.utils import timezone

from scorecards.models import Answer, OpeningArea, OpeningPlan, Submission
from tests import build

EXAMPLES = json.loads(Path(__file__).with_name("test_rollup_examples.json").read_text("utf-8"))
VOID = {"input", "meta", "link", "br", "img", "hr"}


def fits(case: dict) -> bool:
    """The product has four points and equal questions; weights of areas are free."""
    asked = case["input"]
    equal = {question["weight"] for question in asked["questions"].values()} == {"1"}
    return equal and asked["settings"]["points"] == "4"


FITTING = [name for name, case in EXAMPLES.items() if fits(case)]


def points(unit: str | None) -> Decimal | None:
    return (
        None if unit is None else Decimal(float(1 + 3 * Fraction(unit))).quantize(Decimal("0.01"))
    )


def seat(case: dict) -> SimpleNamespace:
    """Everybody of the case has one interview, in which all questions were asked."""
    given = case["input"]
    slugs = {question["area"] for question in given["questions"].values()} | set(given["areas"])
    areas = {
        slug: build.area(slug, position=place)
        for place, slug in enumerate([*given["areas"], *sorted(slugs - set(given["areas"]))])
    }
    asked = {
        name: build.question(name, in_area=areas[question["area"]])
        for name, question in given["questions"].items()
    }
    chair = build.user("Chiara Decider")
    opening = build.opening(
        build.question_set(*asked.values(), name="Loop"),
        areas=[areas[slug] for slug in given["areas"]],
        members=[(chair, "chair")],
    )
    weigh(opening.plans.get(), given)
    application = build.application(opening, "Odalys Brambleworth")
    people = {}
    for name in dict.fromkeys(name for name, _, _ in given["ratings"]):
        people[name] = build.user(f"{name.capitalize()} Asker")
        rated = {question: value for who, question, value in given["ratings"] if who == name}
        hand_in(build.interview(application, people[name]), asked, rated)
    return SimpleNamespace(
        application=application, chair=chair, people=people, asked=asked, opening=opening
    )


def weigh(plan: OpeningPlan, given: dict) -> None:
    for slug, area in given["areas"].items():
        OpeningArea.objects.filter(plan=plan, area__slug=slug).update(
            weight=Decimal(area["weight"]),
            weight_rationale="As in the example.",
            bar=points(area["bar"]),
            min_raters=area["min_raters"],
        )


def hand_in(interview, asked: dict, rated: dict) -> Submission:
    card = interview.scorecard
    Answer.objects.bulk_create(
        Answer(
            scorecard=card,
            question_version=asked[name],
            rating=value,
            not_assessed_reason="" if value else "not_reached",
            evidence=f"{interview.interviewer.name} heard {name}." if value else "",
        )
        for name, value in rated.items()
    )
    card.opened_at = card.submitted_at = timezone.now()
    card.recommendation = "hire"
    card.save(update_fields=["opened_at", "submitted_at", "recommendation"])
    return submission_of(card)


def submission_of(card, number: int = 1, content: dict | None = None, **more) -> Submission:
    return Submission.objects.create(
        scorecard=card,
        number=number,
        content=json.dumps(content or {"scorecard": str(card.pk)}),
        salt="s",
        digest="d",
        submitted_at=timezone.now(),
        **more,
    )


class Node:
    """An element of a page."""

    def __init__(self, tag: str, attrs: dict, parent: "Node | None" = None):
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Node | str] = []

    def all(self, tag: str = "", **attrs: str) -> list["Node"]:
        """Inside this one; an attribute is given with its value, "data-rec" as data_rec."""
        wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if tag in ("", child.tag) and all(
                    value in child.attrs.get(name, "").split() for name, value in wanted.items()
                ):
                    found.append(child)
                found += child.all(tag, **attrs)
        return found

    def one(self, tag: str = "", **attrs: str) -> "Node":
        (found,) = self.all(tag, **attrs)
        return found

    @property
    def text(self) -> str:
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return re.sub(r"\s+", " ", " ".join(parts)).strip()


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.at = self.root = Node("", {})

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, dict(attrs), self.at))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.at.tag == tag, (self.at.tag, tag)
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(html: str) -> Node:
    tree = _Tree()
    tree.feed(html)
    return tree.root

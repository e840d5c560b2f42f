"""Builders: the shortest way to a row with everything that it needs. Straight through the ORM, so
that a test of one workflow does not rest on another."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from interviewbank.access.models import Grant, User
from roles.models import (
    EvaluationArea,
    Question,
    QuestionSet,
    QuestionSetItem,
    QuestionSetVersion,
    QuestionVersion,
    Role,
)
from scorecards.models import (
    Answer,
    Application,
    Candidate,
    Debrief,
    DebriefHour,
    Interview,
    Opening,
    OpeningArea,
    OpeningMember,
    OpeningPlan,
    OpeningRound,
    Scorecard,
)

_next = count(1)
PASSWORD = "correct horse battery staple"


def user(name: str = "", *grants: str, **extra) -> User:
    name = name or f"Person {next(_next)}"
    email = extra.pop("email", f"{name.lower().replace(' ', '.')}@example.com")
    person = User.objects.create_user(email=email, name=name, password=PASSWORD, **extra)
    for kind in grants:
        Grant.objects.create(user=person, kind=kind)
    return person


def area(slug: str = "", **extra) -> EvaluationArea:
    slug = slug or f"area-{next(_next)}"
    return EvaluationArea.objects.create(
        slug=slug,
        name=extra.pop("name", slug.replace("-", " ").capitalize()),
        short_name=extra.pop("short_name", slug[:12].capitalize()),
        definition="What it is about.",
        **extra,
    )


def role(slug: str = "", **extra) -> Role:
    slug = slug or f"role-{next(_next)}"
    return Role.objects.create(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        summary="What the role is for.",
        trains_models="rarely",
        **extra,
    )


def question(slug: str = "", *, in_area=None, published: bool = True, **extra) -> QuestionVersion:
    """A question with version 1, published unless told otherwise. Returns the version."""
    slug = slug or f"question-{next(_next)}"
    parent = Question.objects.create(
        slug=slug, area=in_area or area(), kind="behavioural", levels=["senior"]
    )
    return version(parent, published=published, **extra)


def version(of: Question, *, number: int = 1, published: bool = True, **extra) -> QuestionVersion:
    words = {
        "title": of.slug.replace("-", " ").capitalize()[:40],
        "prompt": f"Tell me about {of.slug}.",
        "probes": [{"id": "how", "text": "How did you know?"}],
        "strong_signals": [{"id": "named", "text": "Names a number"}],
        "weak_signals": [{"id": "vague", "text": "Stays vague"}],
        **{f"anchor_{level}": f"Says what one hears at {level}." for level in (1, 2, 3, 4)},
    }
    return QuestionVersion.objects.create(
        question=of,
        number=number,
        minutes=extra.pop("minutes", 8),
        change=extra.pop("change", "first" if number == 1 else "wording"),
        published_at=timezone.now() if published else None,
        **{**words, **extra},
    )


def question_set(*versions: QuestionVersion, of_role=None, name: str = "", **extra):
    """A published set version that asks these questions, all of them required."""
    name = name or f"Set {next(_next)}"
    parent = QuestionSet.objects.create(
        slug=name.lower().replace(" ", "-"),
        name=name,
        role=of_role or role(),
        level="senior",
        round_name=name,
        minutes=60,
        **extra,
    )
    set_version = QuestionSetVersion.objects.create(question_set=parent, number=1)
    for position, asked in enumerate(versions, 1):
        QuestionSetItem.objects.create(
            set_version=set_version, question_version=asked, position=position
        )
    QuestionSetVersion.objects.filter(pk=set_version.pk).update(published_at=timezone.now())
    set_version.refresh_from_db()
    return set_version


def set_draft(of: QuestionSet, *versions: QuestionVersion, number: int = 2, **extra):
    """An unpublished version of the set that asks these questions, all of them required."""
    draft = QuestionSetVersion.objects.create(question_set=of, number=number, **extra)
    for position, asked in enumerate(versions, 1):
        QuestionSetItem.objects.create(set_version=draft, question_version=asked, position=position)
    return draft


def opening(*set_versions, areas=(), members=(), **extra) -> Opening:
    """An opening with plan 1: a round for each set version, equal weights, no bars.

    `members` are (user, kind) pairs.
    """
    of_role = extra.pop("role", None) or (
        set_versions[0].question_set.role if set_versions else role()
    )
    made = Opening.objects.create(
        title=extra.pop("title", f"Opening {next(_next)}"),
        role=of_role,
        level="senior",
        agent_enabled=of_role.has_agents,
        **extra,
    )
    plan = OpeningPlan.objects.create(opening=made, number=1)
    for counted in areas:
        OpeningArea.objects.create(plan=plan, area=counted)
    for position, set_version in enumerate(set_versions, 1):
        OpeningRound.objects.create(
            plan=plan,
            position=position,
            name=set_version.question_set.round_name,
            set_version=set_version,
            minutes=60,
        )
    for member, kind in members:
        OpeningMember.objects.create(opening=made, user=member, kind=kind)
    return made


def application(to: Opening, name: str = "", **extra) -> Application:
    name = name or f"Candidate {next(_next)}"
    candidate = Candidate.objects.create(
        name=name, email=f"{name.lower().replace(' ', '.')}@example.org", **extra
    )
    return Application.objects.create(candidate=candidate, opening=to)


def interview(of: Application, by: User, *, round=None, **extra) -> Interview:
    """An interview with its scorecard, unopened."""
    made = Interview.objects.create(
        application=of,
        round=round or of.opening.plans.latest("number").rounds.first(),
        interviewer=by,
        starts_at=extra.pop("starts_at", timezone.now() - timedelta(hours=1)),
        minutes=60,
        **extra,
    )
    Scorecard.objects.create(interview=made)
    return made


def answered(made: Interview, ratings, *, evidence: str = "What was heard.") -> Scorecard:
    """Ratings in the order of the set's questions; None is not reached."""
    card = made.scorecard
    items = made.round.set_version.items.select_related("question_version").order_by("position")
    for item, rating in zip(items, ratings, strict=True):
        Answer.objects.create(
            scorecard=card,
            question_version=item.question_version,
            rating=rating,
            not_assessed_reason="" if rating else "not_reached",
            evidence=evidence if rating else "",
        )
    card.opened_at = timezone.now()
    card.save(update_fields=["opened_at"])
    return card


def submitted(made: Interview, ratings, *, recommendation: str = "hire", **extra) -> Scorecard:
    """A scorecard that was submitted: locked, without going through the workflow."""
    card = answered(made, ratings, **extra)
    card.submitted_at = timezone.now()
    card.recommendation = recommendation
    card.save(update_fields=["submitted_at", "recommendation"])
    return card


def debrief(of: Application, by: User, **extra) -> Debrief:
    return Debrief.objects.create(
        application=of, number=of.debriefs.count() + 1, opened_by=by, **extra
    )


def hour(*applications: Application, by: User) -> DebriefHour:
    """A debrief hour of their opening with these in line, at the first."""
    first = applications[0]
    made = DebriefHour.objects.create(opening=first.opening, opened_by=by, current=first)
    for position, one in enumerate(applications, 1):
        made.items.create(application=one, position=position)
    return made

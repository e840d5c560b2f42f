"""An opening: made from a role's profile, its settings, its members, its frozen plan."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import AreaProfile, EvaluationArea, QuestionSetVersion, Role
from scorecards.models import Opening, OpeningArea, OpeningMember, OpeningPlan, OpeningRound

Kind = OpeningMember.Kind


class OpeningError(Exception):
    """Why an opening can't be changed like that, as a sentence for people."""


class NoProfile(OpeningError):
    pass


class DraftSet(OpeningError):
    pass


class NotToOneself(OpeningError):
    pass


class AlreadyMember(OpeningError):
    pass


class InactivePerson(OpeningError):
    pass


class LastCoordinator(OpeningError):
    pass


@transaction.atomic
def create_opening(
    *,
    by: User,
    title: str,
    role: Role,
    level: str,
    agent_enabled: bool,
    visibility: str,
    interviewers_may_decide: bool,
    rounds: Sequence[tuple[str, QuestionSetVersion, int]],
) -> Opening:
    """An opening with plan 1; whoever makes it coordinates it. `rounds`: name, set, minutes."""
    opening = Opening.objects.create(
        title=title.strip(),
        role=role,
        level=level,
        agent_enabled=agent_enabled,
        visibility=visibility,
        interviewers_may_decide=interviewers_may_decide,
    )
    OpeningMember.objects.create(opening=opening, user=by, kind=Kind.COORDINATOR, added_by=by)
    plan = OpeningPlan.objects.create(opening=opening, number=1, created_by=by)
    OpeningArea.objects.bulk_create(areas_of_profile(plan, opening))
    refuse_drafts(version for _, version, _ in rounds)
    OpeningRound.objects.bulk_create(
        OpeningRound(plan=plan, position=position, name=name, set_version=version, minutes=minutes)
        for position, (name, version, minutes) in enumerate(rounds, 1)
    )
    trail.record(actor=by, verb="opening.created", obj=opening)
    return opening


def areas_of_profile(plan: OpeningPlan, opening: Opening) -> list[OpeningArea]:
    """The areas that apply to the role at the level; agents count exactly when the job has them."""
    profiles = list(
        AreaProfile.objects.filter(role=opening.role, level=opening.level)
        .exclude(requirement=AreaProfile.Requirement.NOT_APPLICABLE)
        .select_related("area")
        .order_by("area__position")
    )
    rows = [
        OpeningArea(
            plan=plan,
            area=profile.area,
            weight=profile.weight,
            weight_rationale=profile.weight_rationale,
            bar=profile.bar,
            min_raters=profile.min_raters,
        )
        for profile in profiles
        if opening.agent_enabled or not profile.area.agent_roles_only
    ]
    if opening.agent_enabled:
        here = [row.area_id for row in rows]
        rows += [
            OpeningArea(plan=plan, area=area, weight=Decimal(1))
            for area in EvaluationArea.objects.filter(agent_roles_only=True).exclude(pk__in=here)
        ]
    if all(row.area.agent_roles_only for row in rows):
        raise NoProfile(
            f"{opening.role} has no evaluation areas at the level {opening.get_level_display()} "
            "yet, so there is nothing to judge by. Choose another role or level."
        )
    return rows


def refuse_drafts(versions: Iterable[QuestionSetVersion]) -> None:
    for version in versions:
        if version.published_at is None:
            raise DraftSet(f"{version} is a draft. A round needs a published version.")


def freeze_plan(plan: OpeningPlan) -> bool:
    """From now on a change is a new plan. True when this call froze it.

    Called with the opening's first scorecard; its event is the record of it.
    """
    return bool(
        OpeningPlan.objects.filter(pk=plan.pk, frozen_at__isnull=True).update(
            frozen_at=timezone.now()
        )
    )


@transaction.atomic
def change_settings(
    *,
    opening: Opening,
    by: User,
    title: str,
    visibility: str,
    interviewers_may_decide: bool,
    retention: str,
) -> Opening:
    """Where nothing differs nothing is written."""
    stored = Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    wanted = {
        "title": title.strip(),
        "visibility": visibility,
        "interviewers_may_decide": interviewers_may_decide,
        "retention": retention,
    }
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, wanted[name])
    stored.save(update_fields=changed)
    trail.record(actor=by, verb="opening.settings_changed", obj=stored, fields=changed)
    return stored


@transaction.atomic
def add_member(*, opening: Opening, user: User, kind: str, by: User) -> OpeningMember:
    if kind != Kind.COORDINATOR and user == by:
        raise NotToOneself(
            "Nobody makes themselves a committee member or chair. Ask an administrator or a chair."
        )
    if not user.is_active:
        raise InactivePerson(f"{user} is deactivated and can't be added.")
    Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)
    if opening.members.filter(user=user, kind=kind).exists():
        raise AlreadyMember(f"{user} is {Kind(kind).label.lower()} of this opening already.")
    member = OpeningMember.objects.create(opening=opening, user=user, kind=kind, added_by=by)
    _note_seat(
        opening, user, by, verb=f"opening.{kind}_added", given="person.seat_given", kind=kind
    )
    return member


@transaction.atomic
def remove_member(*, member: OpeningMember, by: User) -> None:
    # Two who remove each other's coordinator at one time must not both succeed.
    opening = Opening.objects.select_for_update(no_key=True).get(pk=member.opening_id)
    others = opening.members.filter(kind=Kind.COORDINATOR).exclude(pk=member.pk)
    if member.kind == Kind.COORDINATOR and not others.exists():
        raise LastCoordinator(
            f"{member.user} is the only coordinator. Add another one first: "
            "somebody has to plan the interviews."
        )
    member.delete()
    kind, verb = member.kind, f"opening.{member.kind}_removed"
    _note_seat(opening, member.user, by, verb=verb, given="person.seat_taken", kind=kind)


def _note_seat(opening: Opening, user: User, by: User, *, verb: str, given: str, kind: str) -> None:
    """Of the opening and of the person, who both stay: a membership that is taken away again would
    leave nobody's name."""
    trail.record(actor=by, verb=verb, obj=opening)
    trail.record(actor=by, verb=given, obj=user, fields=[kind])

"""Which evaluation area counts for a role at a level, and how much.

A profile is the start of an opening's plan: openings that exist already keep what they copied.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import AreaProfile, EvaluationArea, Role

from .content import changed
from .roles import AgentAreaCounts, ChangedMeanwhile, token

Requirement = AreaProfile.Requirement


@dataclass(frozen=True)
class AreaTerms:
    """What an area means for a role at a level."""

    area: UUID
    requirement: str
    weight: Decimal = Decimal(1)
    weight_rationale: str = ""
    bar: Decimal | None = None
    min_raters: int | None = None

    @property
    def counts(self) -> bool:
        return self.requirement != Requirement.NOT_APPLICABLE

    @property
    def normal(self) -> "AreaTerms":
        """What does not apply has no weight and no bar of its own."""
        return self if self.counts else AreaTerms(self.area, self.requirement)


def stored_terms(role: Role, level: str) -> dict[UUID, AreaTerms]:
    columns = [column.name for column in fields(AreaTerms)]
    rows = (
        role.profiles.filter(level=level).order_by("area_id").values_list("area_id", *columns[1:])
    )
    return {row[0]: AreaTerms(*row) for row in rows}


def profile_token(role: Role, level: str) -> str:
    rows = stored_terms(role, level).values()
    return token([role.has_agents, level, [asdict(row) for row in rows]])


@transaction.atomic
def set_profile(
    *, role: Role, level: str, by: User, seen: str, terms: Sequence[AreaTerms]
) -> list[str]:
    """Writes a row for each area; returns the names of the columns in which one differs."""
    role = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    if profile_token(role, level) != seen:
        raise ChangedMeanwhile
    # An area that becomes one for roles with agents at this moment waits for us.
    areas = EvaluationArea.objects.select_for_update(no_key=True).order_by("pk")
    for_agents = {area.pk for area in areas if area.agent_roles_only}
    if not role.has_agents and any(one.counts and one.area in for_agents for one in terms):
        raise AgentAreaCounts(f"{role} builds no agents: an area of agents does not apply to it.")
    before = stored_terms(role, level)
    names: set[str] = set()
    for one in (given.normal for given in terms):
        if before.get(one.area) == one:
            continue
        columns = asdict(one)
        key = columns.pop("area")
        names |= set(changed(asdict(before[key]) if key in before else {}, columns))
        AreaProfile.objects.update_or_create(role=role, level=level, area_id=key, defaults=columns)
    if names:
        said = [f"{level}.{name}" for name in names]
        trail.record(actor=by, verb="profile.changed", obj=role, fields=said)
    return sorted(names)


def suggested_terms(role: Role, level: str, areas: Iterable[EvaluationArea]) -> list[AreaTerms]:
    """A row for each area: as it is stored, or what a first profile may begin with."""
    stored = stored_terms(role, level)
    return [
        stored.get(area.pk)
        or AreaTerms(
            area.pk,
            Requirement.NOT_APPLICABLE
            if stored or (area.agent_roles_only and not role.has_agents)
            else Requirement.REQUIRED,
        )
        for area in areas
    ]

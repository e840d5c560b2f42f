"""What editors do with roles and evaluation areas; what an area means for a role: profiles.py."""

import hashlib
import json
from typing import Any

from django.db import IntegrityError, models, transaction
from psycopg.errors import UniqueViolation

from interviewbank.access.models import User
from interviewbank.audit import trail
from roles.models import AreaProfile, EvaluationArea, Level, Role

from .content import changed
from .errors import BankError

Requirement = AreaProfile.Requirement
ROLE = (
    "name", "parent", "position", "summary", "builds", "trains_models", "primary_output",
    "failure_mode", "has_agents",
)  # fmt: skip
AREA = (
    "slug", "name", "short_name", "definition", "strong_evidence", "weak_evidence",
    "agent_roles_only", "position",
)  # fmt: skip
# In URLs these stand for pages, so no role can have them as its id.
RESERVED = ("new", "compare", "finder")


class Refused(BankError):
    """`field` is the one to change; empty where it is no single one."""

    field = ""


class IdTaken(Refused):
    field = "slug"

    def __init__(self, slug: str) -> None:
        super().__init__(f"“{slug}” is taken. Choose another id.")


class IdFixed(Refused):
    field = "slug"

    def __init__(self) -> None:
        super().__init__("The id is in use by now, and ratings are kept under it. It stays.")


class NotATopRole(Refused):
    field = "parent"


class AgentAreaCounts(Refused):
    """An area for roles with agents would count where there are none."""


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__("Somebody changed this after you opened it.")


def role_says(role: Role) -> dict[str, Any]:
    return {name: getattr(role, name) for name in ROLE}


def area_says(area: EvaluationArea) -> dict[str, Any]:
    return {name: getattr(area, name) for name in AREA}


def token(said: Any) -> str:
    """Recognises what an editor had before them: it differs as soon as a word of it changes."""
    return hashlib.sha256(json.dumps(said, default=_plain).encode()).hexdigest()[:32]


def _plain(value: Any) -> str:
    return str(value.pk if isinstance(value, models.Model) else value)


@transaction.atomic
def create_role(*, by: User, slug: str, **fields: Any) -> Role:
    if slug in RESERVED:
        raise IdTaken(slug)
    if parent := fields.get("parent"):
        _lock_roles()
        parent.refresh_from_db()
    _refuse_parent(None, parent)
    role = _created(Role(slug=slug, **fields))
    trail.record(actor=by, verb="role.created", obj=role)
    return role


@transaction.atomic
def change_role(*, role: Role, by: User, seen: str, **fields: Any) -> Role:
    """Its id stays: links and the text form of the bank go by it."""
    # All of them, in one order: two roles made parents of each other at one time.
    role = next(one for one in _lock_roles() if one.pk == role.pk)
    before = role_says(role)
    if token(before) != seen:
        raise ChangedMeanwhile
    names = changed(before, fields)
    if "parent" in names and fields["parent"]:
        fields["parent"].refresh_from_db()
        _refuse_parent(role, fields["parent"])
    if "has_agents" in names and not fields["has_agents"]:
        counting = role.profiles.filter(area__agent_roles_only=True)
        _refuse_agents(counting, "has_agents")
    return _change(role, by, "role.changed", names, fields)


@transaction.atomic
def create_area(*, by: User, slug: str, **fields: Any) -> EvaluationArea:
    area = _created(EvaluationArea(slug=slug, **fields))
    trail.record(actor=by, verb="area.created", obj=area)
    return area


@transaction.atomic
def change_area(*, area: EvaluationArea, by: User, seen: str, **fields: Any) -> EvaluationArea:
    area = EvaluationArea.objects.select_for_update(no_key=True).get(pk=area.pk)
    before = area_says(area)
    if token(before) != seen:
        raise ChangedMeanwhile
    names = changed(before, fields)
    if "slug" in names and is_in_use(area):
        raise IdFixed
    if "agent_roles_only" in names and fields["agent_roles_only"]:
        _refuse_agents(area.profiles.filter(role__has_agents=False), "agent_roles_only")
    return _change(area, by, "area.changed", names, fields)


def is_in_use(area: EvaluationArea) -> bool:
    """Whether any row of any app points to the area: a question, a profile, an opening."""
    relations = EvaluationArea._meta.get_fields(include_hidden=True)
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: area}).exists()
        for relation in relations
        if isinstance(relation, models.ManyToOneRel)
    )


def _lock_roles() -> list[Role]:
    locked = Role.objects.select_for_update(of=("self",), no_key=True).select_related("parent")
    return list(locked.order_by("pk"))


def _refuse_parent(role: Role | None, parent: Role | None) -> None:
    if parent is None:
        return
    if parent == role or parent.parent_id:
        raise NotATopRole(f"{parent} can't have subtypes: choose a role that is no subtype itself.")
    if role and role.subtypes.exists():
        raise NotATopRole(f"{role} has subtypes, so it can't become one.")


def _refuse_agents(profiles: models.QuerySet[AreaProfile], field: str) -> None:
    counting = profiles.exclude(requirement=Requirement.NOT_APPLICABLE)
    found = counting.select_related("role", "area").order_by("role__name", "area__name", "level")
    said = [f"{one.area} counts for {one.role}, {Level(one.level).label.lower()}" for one in found]
    if said:
        refusal = AgentAreaCounts(
            f"{'; '.join(said)}. Set it to not applicable in the profile first."
        )
        refusal.field = field
        raise refusal


def _created(made: Any) -> Any:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise IdTaken(made.slug) from error
        raise
    return made


def _change(obj: Any, by: User, verb: str, names: list[str], fields: dict[str, Any]) -> Any:
    """Where nothing differs nothing is written."""
    if not names:
        return obj
    for name in names:
        setattr(obj, name, fields[name])
    try:
        with transaction.atomic():
            obj.save(update_fields=names)
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise IdTaken(obj.slug) from error
        raise
    trail.record(actor=by, verb=verb, obj=obj, fields=names)
    return obj

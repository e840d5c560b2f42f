"""The trail in plain words: for administrators without content, for a chair their own opening.

What R3 and R6 hide of an application they hide here too: its events are left out, and nothing on
the page is numbered, so that nobody can count what they may not see.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from interviewbank.access.models import Grant, User
from interviewbank.audit.models import Event, ReadEvent
from scorecards.models import (
    Application,
    Candidate,
    Debrief,
    DebriefHour,
    Decision,
    Exclusion,
    Interview,
    Opening,
    OpeningMember,
    OpeningPlan,
    PanelRating,
    Scorecard,
    Submission,
)
from scorecards.querysets.candidates import owes_scorecard

from .trail_words import SUBJECTS, in_words

# Who did what no person did.
NOBODY = "The command line"

# How each kind of object leads to its application, and to its opening.
OF_APPLICATION: dict[type, str] = {
    Application: "pk",
    Interview: "application",
    Scorecard: "interview__application",
    Submission: "scorecard__interview__application",
    Debrief: "application",
    PanelRating: "debrief__application",
    Decision: "application",
}
OF_OPENING: dict[type, str] = {
    Opening: "pk",
    OpeningMember: "opening",
    OpeningPlan: "opening",
    Exclusion: "opening",
}
# Of these the names of the fields are what was given or taken.
KINDS: dict[str, Any] = {
    **dict.fromkeys(("grant.added", "grant.removed"), Grant.Kind),
    **dict.fromkeys(("person.seat_given", "person.seat_taken"), OpeningMember.Kind),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    actor: str
    words: str
    about: str = ""
    application: Application | None = None


@dataclass(frozen=True)
class Reading:
    """How many scorecards of one application somebody opened, and of how many others they were
    shown some words: on the review page stands what each interviewer says first."""

    reader: str
    application: Application
    opened: int
    glimpsed: int
    last: datetime


def _about(paths: dict[type, str], of: QuerySet) -> Q:
    """Events about these objects, or about what belongs to them."""
    condition = Q(pk__in=[])
    for model, path in paths.items():
        rows = model.objects.filter(**{f"{path}__in": of.values("pk")}).values("pk")  # type: ignore[attr-defined]
        condition |= Q(object_id__in=rows)
    return condition


def _hidden_from(user: User) -> QuerySet:
    """Applications whose course this person may not follow: they owe a scorecard, or it is them."""
    return Application.objects.filter(Q(owes_scorecard(user)) | Q(candidate__user=user))


def _hours(of: QuerySet) -> Q:
    """That a debrief hour was opened is a hint about everybody in the opening."""
    return Q(object_id__in=DebriefHour.objects.filter(opening__in=of.values("pk")).values("pk"))


def events_for_administrator(user: User) -> QuerySet[Event]:
    closed = _hidden_from(user)
    hidden = _about(OF_APPLICATION, closed) | _hours(
        Opening.objects.filter(applications__in=closed)
    )
    hidden |= Q(object_id__in=Candidate.objects.filter(user=user).values("pk"))
    return Event.objects.exclude(hidden).select_related("actor").order_by("-number")


def events_of_opening(opening: Opening, user: User) -> QuerySet[Event]:
    """Of the opening itself, and of those applications whose assessments the person may see."""
    seen = opening.applications.all().assessed_visible_to(user)
    itself = Opening.objects.filter(pk=opening.pk)
    about = _about(OF_OPENING, itself) | _about(OF_APPLICATION, seen)
    about |= _hours(itself.exclude(applications__in=_hidden_from(user)))
    return Event.objects.filter(about).select_related("actor").order_by("-number")


def narrowed(
    events: QuerySet[Event],
    *,
    who: str = "",
    about: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """Done by somebody of that name, about these SUBJECTS, on these days; both days included, in
    the time zone that is active."""
    if who:
        by = Q(actor__name__icontains=who)
        events = events.filter(by | Q(actor=None) if who.casefold() in NOBODY.casefold() else by)
    if about:
        _, subjects = SUBJECTS[about]
        wanted = Q(pk__in=[])
        for subject in subjects:
            wanted |= Q(verb__startswith=f"{subject}.")
        events = events.filter(wanted)
    if since:
        events = events.filter(at__date__gte=since)
    if until:
        events = events.filter(at__date__lte=until)
    return events


def lines(events: list[Event], *, applications: QuerySet | None = None) -> list[Line]:
    """In words; with `applications`, each names the one of these that it is about."""
    named = _applications_of(events, applications) if applications is not None else {}
    names = _names_of(events)
    return [
        Line(
            at=event.at,
            actor=event.actor.name if event.actor else NOBODY,
            words=in_words(event.verb),
            about=_about_what(event, names),
            application=named.get(event.object_id),
        )
        for event in events
    ]


def _names_of(events: list[Event]) -> dict[Any, str]:
    """Of colleagues and openings, by the id of the object; one query for each of the two."""
    found: dict[Any, str] = {}
    for model, column in ((User, "name"), (Opening, "title")):
        label = model._meta.label_lower
        ids = {event.object_id for event in events if event.object_type == label}
        if ids:
            found.update(model.objects.filter(pk__in=ids).values_list("pk", column))
    return found


def _about_what(event: Event, names: dict[Any, str]) -> str:
    """Whom or which opening, and what they were given; nothing where it is their own account."""
    if event.object_id == event.actor_id or event.object_id not in names:
        return ""
    kinds = KINDS.get(event.verb)
    what = (
        [kinds(name).label.lower() for name in event.fields if name in kinds.values]
        if kinds
        else []
    )
    return ", ".join([names[event.object_id], *what])


def _applications_of(events: list[Event], applications: QuerySet) -> dict[Any, Application]:
    """By the id of the object; one query for each kind of object that occurs."""
    found: dict[Any, Any] = {}
    for model, path in OF_APPLICATION.items():
        label = model._meta.label_lower  # type: ignore[attr-defined]
        ids = [event.object_id for event in events if event.object_type == label]
        if ids:
            rows = model.objects.filter(pk__in=ids).values_list("pk", path)  # type: ignore[attr-defined]
            found.update(rows)
    by_id = applications.with_people().in_bulk(set(found.values()))  # type: ignore[attr-defined]
    return {key: by_id[value] for key, value in found.items() if value in by_id}


def readings(opening: Opening, user: User) -> list[Reading]:
    """Who was shown how many scorecards of whom; newest first."""
    seen = opening.applications.all().assessed_visible_to(user)
    applications = seen.with_people().in_bulk()
    of = dict(
        Submission.objects.filter(
            scorecard__interview__application__in=applications.keys()
        ).values_list("pk", "scorecard__interview__application")
    )
    counted: dict[tuple[Any, str, Any], list[tuple[datetime, bool]]] = {}
    rows = (
        ReadEvent.objects.filter(object_id__in=of.keys())
        .values("reader", "reader__name", "object_id")
        .annotate(last=Max("at"), whole=Count("pk", filter=Q(scope=ReadEvent.Scope.WHOLE)))
        .values_list("reader", "reader__name", "object_id", "last", "whole")
    )
    for reader, name, submission, last, whole in rows:
        counted.setdefault((reader, name, of[submission]), []).append((last, whole > 0))
    made = [
        _reading(name, applications[application], times)
        for (_, name, application), times in counted.items()
    ]
    return sorted(made, key=lambda one: one.last, reverse=True)


def _reading(reader: str, of: Application, times: list[tuple[datetime, bool]]) -> Reading:
    opened = sum(whole for _, whole in times)
    return Reading(reader, of, opened, len(times) - opened, max(last for last, _ in times))

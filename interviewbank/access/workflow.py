"""What happens to people and their grants."""

from collections.abc import Sequence
from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from interviewbank.audit import trail

from .mail import send_password_link
from .models import Grant, User


class AccessError(Exception):
    """Its text is a sentence for people."""


class EmailTaken(AccessError):
    pass


class LastAdministrator(AccessError):
    pass


class OwnAccount(AccessError):
    pass


class NothingToDo(AccessError):
    """It is already as it was asked to be."""


class Deactivated(AccessError):
    pass


@transaction.atomic
def invite_person(
    *, by: User, name: str, email: str, time_zone: str, grants: Sequence[str], root_url: str
) -> User:
    """A person without a usable password, and the mail with the link to set one."""
    person = _create(name=name, email=email, password=None, time_zone=time_zone)
    transaction.on_commit(partial(send_password_link, person=person, by=by, root_url=root_url))
    trail.record(actor=by, verb="person.invited", obj=person)
    for kind in grants:
        add_grant(person=person, kind=kind, by=by)
    return person


@transaction.atomic
def make_administrator(*, email: str, name: str, password: str | None) -> User:
    """For the command: there may be nobody yet who could do it on a page.

    Somebody who exists keeps their name, and their password unless a new one is given.
    """
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        person = _create(name=name, email=email, password=password, time_zone="UTC")
        trail.record(actor=None, verb="person.created", obj=person)
    elif password:
        change_password(user=person, password=password, by=None)
    if not person.is_active:
        reactivate_person(person=person, by=None)
    if not person.grants.filter(kind=Grant.Kind.ADMINISTRATOR).exists():
        add_grant(person=person, kind=Grant.Kind.ADMINISTRATOR, by=None)
    return person


@transaction.atomic
def add_grant(*, person: User, kind: str, by: User | None) -> Grant:
    """The kind is the name of what was changed, so the trail says it."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise Deactivated(f"{person} is deactivated and can't be granted anything.")
    label = Grant.Kind(kind).label
    grant, added = Grant.objects.get_or_create(user=locked, kind=kind, defaults={"granted_by": by})
    if not added:
        raise NothingToDo(f"{person} already holds the grant “{label}”.")
    trail.record(actor=by, verb="grant.added", obj=person, fields=[kind])
    return grant


@transaction.atomic
def remove_grant(*, person: User, kind: str, by: User) -> User:
    if kind == Grant.Kind.ADMINISTRATOR:
        _keep_an_administrator(without=person)
    removed, _ = person.grants.filter(kind=kind).delete()
    if not removed:
        raise NothingToDo(f"{person} does not hold the grant “{Grant.Kind(kind).label}”.")
    trail.record(actor=by, verb="grant.removed", obj=person, fields=[kind])
    return person


@transaction.atomic
def send_link(*, person: User, by: User, root_url: str) -> User:
    """Mail the person a link to set a password, the first one or a new one."""
    if not person.is_active:
        raise Deactivated(f"{person} is deactivated. Reactivate them first.")
    transaction.on_commit(partial(send_password_link, person=person, by=by, root_url=root_url))
    trail.record(actor=by, verb="person.link_sent", obj=person)
    return person


@transaction.atomic
def deactivate_person(*, person: User, by: User) -> User:
    """They can't sign in any more; what they wrote stays. Their sessions end for good, so that a
    later reactivation does not wake them."""
    if person.pk == by.pk:
        raise OwnAccount("You can't deactivate yourself. Another administrator can.")
    _keep_an_administrator(without=person)
    if not User.objects.active().filter(pk=person.pk).update(is_active=False):
        raise NothingToDo(f"{person} is already deactivated.")
    person.is_active = False
    _end_sessions(person)
    trail.record(actor=by, verb="person.deactivated", obj=person, fields=["is_active"])
    return person


@transaction.atomic
def reactivate_person(*, person: User, by: User | None) -> User:
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise NothingToDo(f"{person} is not deactivated.")
    person.is_active = True
    trail.record(actor=by, verb="person.reactivated", obj=person, fields=["is_active"])
    return person


@transaction.atomic
def change_account(*, user: User, fields: Sequence[str]) -> User:
    """Save these fields of somebody's own account."""
    if fields:
        user.save(update_fields=list(fields))
        trail.record(actor=user, verb="account.changed", obj=user, fields=fields)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: User | None) -> User:
    """All sessions end but the one that the caller renews: they are bound to the password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    trail.record(actor=by, verb="account.changed", obj=user, fields=["password"])
    return user


@transaction.atomic
def end_session(*, user: User, record: UserSession) -> User:
    """One of one's own: whoever uses it is signed out at their next request."""
    Session.objects.filter(session_key=record.session_key).delete()
    record.delete()
    trail.record(actor=user, verb="session.ended", obj=user)
    return user


@transaction.atomic
def end_other_sessions(*, user: User, current_key: str) -> User:
    _end_sessions(user, but=current_key)
    trail.record(actor=user, verb="sessions.ended", obj=user)
    return user


def _create(*, name: str, email: str, password: str | None, time_zone: str) -> User:
    """E-mail in lower case: sign-in looks for it so."""
    try:
        with transaction.atomic():
            return User.objects.create_user(
                name=name, email=email.lower(), password=password, time_zone=time_zone
            )
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "access_user_email_once":  # type: ignore[union-attr]
            raise
        raise EmailTaken(f"Somebody with the e-mail {email} is here already.") from error


def _keep_an_administrator(*, without: User) -> None:
    """Locks all administrators, so that two of them can't remove each other at the same time."""
    holding = Grant.objects.filter(kind=Grant.Kind.ADMINISTRATOR, user__is_active=True)
    holders = {grant.user_id for grant in holding.select_for_update().order_by("pk")}
    if holders == {without.pk}:
        raise LastAdministrator(
            f"{without} is the last administrator. Make somebody else one first."
        )


def _end_sessions(person: User, *, but: str = "") -> None:
    """Sessions are not indexed by person, and one can be without a record; there are few enough to
    look into each. `but` is the key of the one that goes on."""
    UserSession.objects.filter(user=person).exclude(session_key=but).delete()
    sessions = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    for session in sessions.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


@transaction.atomic
def note_second_factor(*, user: User) -> None:
    """Somebody added or removed one of their second factors, or made new recovery codes."""
    trail.record(actor=user, verb="account.second_factor_changed", obj=user)

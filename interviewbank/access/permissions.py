"""What somebody may do about people, beyond what the policy table says of the URL."""

from .models import Grant, User


def can_deactivate(user: User, person: User) -> bool:
    return person.is_active and user.pk != person.pk


def can_manage_people(user: User) -> bool:
    """Read afresh: the grant may have been taken within this request."""
    return user.grants.filter(kind=Grant.Kind.ADMINISTRATOR).exists()

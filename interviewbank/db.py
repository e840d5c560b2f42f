"""What every model of the house shares. Below all apps: imports nothing of ours."""

import uuid

from django.db import models
from django.db.models import Q


class UUIDModel(models.Model):
    """A random key: a key that is ordered by time would tell when its row was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def one_of(field: str, choices: type[models.TextChoices], *, name: str, blank: bool = False):
    """A check that the column holds one of the choices: Django's `choices` does not reach SQL."""
    values = [*choices.values, ""] if blank else list(choices.values)
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def not_blank(*fields: str, name: str):
    """A check that none of the text columns is empty."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return models.CheckConstraint(condition=condition, name=name)

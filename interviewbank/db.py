"""What every model of the house shares. Below all apps: imports nothing of ours."""

import uuid

from django.db import models
from django.db.models import Func, Q, Value


class UUIDModel(models.Model):
    """A random key: a key that is ordered by time would tell when its row was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Folded(Func):
    """Text as people look for it and as lists are ordered: without case and accents. Everything it
    is made of is in PostgreSQL itself, and immutable, so that a column can be made of it."""

    function = "regexp_replace"
    template = (
        "replace(replace(replace(translate(regexp_replace(normalize(lower(%(expressions)s), NFKD),"
        " '[\u0300-\u036f]', '', 'g'), 'łøđıħ', 'lodih'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')"
    )
    output_field = models.TextField()


def having_words(words: str, *columns: str) -> Q:
    """Every word somewhere in one of the columns, which hold folded text."""
    found = Q()
    for word in words.split():
        each = Q()
        for column in columns:
            each |= Q(**{f"{column}__contains": Folded(Value(word))})
        found &= each
    return found


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

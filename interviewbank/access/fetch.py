"""How views get their objects: what is invisible is 404, what is forbidden is 403."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

M = TypeVar("M", bound=Model)


def fetch(request: HttpRequest, visible: QuerySet[M], **lookup) -> M:
    """One object out of the rows that `visible_to` left, checked by the rule of this URL."""
    obj = get_object_or_404(visible, **lookup)
    check = request.rule.check  # type: ignore[attr-defined]  # set by PolicyMiddleware
    if check and not import_string(check)(request.user, obj):
        raise PermissionDenied
    return obj

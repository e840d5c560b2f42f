"""Statements of work, and the words of pages, for the tests of roles."""

import re

from roles.models import Role, WorkItem


def statement(slug: str, of: str = "core", **points: int) -> WorkItem:
    """`points` by the slug of the role."""
    item = WorkItem.objects.create(slug=slug, statement=f"Somebody does {slug}", kind=of)
    for role, strength in points.items():
        item.pointers.create(role=Role.objects.get(slug=role), strength=strength)
    return item


def text(response) -> str:
    """The words of the page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))

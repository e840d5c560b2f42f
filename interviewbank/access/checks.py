"""The server does not start with a URL without a name or a rule, nor a rule that leads nowhere."""

from collections.abc import Iterator

from django.core.checks import Error
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from .policy import RULES, unknown_names


def url_patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple]:
    """(path, name) of every URL, nested includes too."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry.name
        else:
            yield from url_patterns(entry, path)


def check_policy(app_configs, **kwargs) -> list[Error]:
    found = list(url_patterns())
    names = {name for _, name in found if name}
    errors = [
        Error(f"The URL /{path} has no name, so no rule can apply to it.", id="access.E001")
        for path, name in found
        if not name
    ]
    errors += [
        Error(f"The URL “{name}” has no rule in access/policy.py.", id="access.E002")
        for name in unknown_names(names)
    ]
    errors += [
        Error(f"access/policy.py has a rule for “{name}”, which is no URL.", id="access.E003")
        for name in sorted(set(RULES) - names)
    ]
    for name, rule in RULES.items():
        if rule.check:
            try:
                import_string(rule.check)
            except ImportError as error:
                errors.append(Error(f"The rule for “{name}”: {error}.", id="access.E004"))
    return errors

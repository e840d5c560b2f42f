"""What people of one panel are called where there is little room."""

from collections.abc import Sequence


def short_names(names: Sequence[str]) -> list[str]:
    """The first name; with the initial of the last where two share it; else the whole."""
    forms = [_forms(name) for name in names]
    return [
        next((form for at, form in enumerate(own) if _alone(forms, at, form)), own[-1])
        for own in forms
    ]


def _forms(name: str) -> tuple[str, str, str]:
    words = name.split() or [""]
    titled = words[0].endswith(".") and len(words) > 1
    given, more = " ".join(words[: 1 + titled]), words[1 + titled :]
    return given, f"{given} {more[-1][0]}." if more else given, name


def _alone(forms: Sequence[tuple[str, str, str]], at: int, form: str) -> bool:
    return sum(one[at] == form for one in forms) == 1

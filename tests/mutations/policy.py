"""Who reaches a URL: rows of the policy table, and what applies them."""

from tests.mutations.mutation import MATRIX, Mutation


def _rule(url: str, old: str, new: str, tests: str = "") -> Mutation:
    """A row of the policy table, told by the line of the access matrix."""
    return Mutation(
        f"policy: {url}: {old} becomes {new}",
        "interviewbank/access/policy.py",
        f'"{url}": Rule({old})',
        f'"{url}": Rule({new})',
        tests or f"{MATRIX} -k '{url} or every_url'",
    )


POLICY = [
    _rule("person_list", "READ, ADMIN", "READ, SIGNED_IN"),
    _rule("privacy_list", "READ, ADMIN", "READ, SIGNED_IN"),
    _rule("trail_list", "READ, ADMIN", "READ, ADMIN | EDITOR"),
    _rule("question_edit", "FORM, EDITOR", "FORM, BANK"),
    _rule("application_list", "READ, SIGNED_IN", "READ, PUBLIC"),
    _rule("opening_list", "READ, SIGNED_IN", "FORM, SIGNED_IN"),
    _rule(
        "person_grant",
        "WRITE, ADMIN, fresh=True",
        "WRITE, ADMIN",
        "tests/test_access_fresh.py",
    ),
    _rule(
        "candidate_erase",
        "WRITE, ADMIN, fresh=True",
        "WRITE, ADMIN",
        "tests/test_scorecards_privacy_pages.py tests/test_access_middleware.py",
    ),
    _rule(
        "opening_trail",
        'READ, SIGNED_IN, _CARDS + "can_read_trail"',
        "READ, SIGNED_IN",
    ),
    _rule(
        "decision_packet_json",
        'READ, SIGNED_IN, _CARDS + "can_read_packet", fresh=True',
        "READ, SIGNED_IN, fresh=True",
    ),
    _rule("interview_prepare", 'READ, SIGNED_IN, _CARDS + "can_attend"', "READ, SIGNED_IN"),
    _rule(
        "decision_new",
        'WRITE, SIGNED_IN, _CARDS + "can_decide"',
        'FORM, SIGNED_IN, _CARDS + "can_decide"',
    ),
    Mutation(
        "middleware: a URL without a rule is open",
        "interviewbank/access/middleware.py",
        "        if rule is None:\n            raise PermissionDenied\n",
        "        if rule is None:\n            return None\n",
        "tests/test_access_middleware.py tests/test_access_policy.py",
    ),
    Mutation(
        "fetch: the check is not asked",
        "interviewbank/access/fetch.py",
        "if check and not import_string(check)(request.user, obj):",
        "if not check:",
        f"{MATRIX} -k interview_cancel",
    ),
]

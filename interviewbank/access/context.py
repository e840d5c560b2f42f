"""What the shell of every page needs: who is looking, and where they can go."""

from django.urls import reverse

from .policy import RULES

# The rest of `interview_` is the coordinator's.
_OWN_INTERVIEW = (
    "interview_prepare",
    "interview_not_there",
    "interview_moved",
    "interview_print",
    "interview_rehearse",
)
# (label, URL name, prefixes of the URL names of its pages; the longest that fits is where we are)
NAV = [
    ("Today", "today", ("today", "scorecard_", "submission_", "handover_", *_OWN_INTERVIEW)),
    (
        "Candidates",
        "application_list",
        ("application_", "candidate_", "interview_", "decision_", "debrief_"),
    ),
    ("Openings", "opening_list", ("opening_", "exclusion_", "hour_")),
    ("Roles", "role_list", ("role_", "area_")),
    ("Questions", "question_list", ("question_", "bank_")),
    ("Question sets", "question_set_list", ("question_set_",)),
    ("People", "person_list", ("person_",)),
    ("Privacy", "privacy_list", ("privacy_", "candidate_privacy")),
    ("Trail", "trail_list", ("trail_",)),
]


def shell(request) -> dict:
    """Safe where there is no user: error pages are rendered with it too."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "theme": "", "me": None}
    match = request.resolver_match
    here = _entry(match.url_name or "" if match else "")
    return {
        "nav": [
            {"label": label, "url": reverse(name), "current": name == here}
            for label, name, _ in NAV
            if RULES[name].admits(user)
        ],
        "theme": user.theme,
        "me": user,
    }


def _entry(url_name: str) -> str:
    """The URL name of the entry that this page belongs to, or nothing."""
    fitting = [
        (len(prefix), name)
        for _, name, prefixes in NAV
        for prefix in prefixes
        if url_name.startswith(prefix)
    ]
    return max(fitting)[1] if fitting else ""

"""What the shell of every page needs: who is looking, and where they can go."""

from django.urls import reverse

from .policy import RULES

NAV = [
    ("Today", "today", ("scorecard_", "submission_")),
    ("Candidates", "application_list", ("application_", "candidate_", "interview_", "decision_")),
    ("Openings", "opening_list", ("opening_",)),
    ("Roles", "role_list", ("role_", "area_")),
    (
        "Questions",
        "question_list",
        (
            "question_list",
            "question_new",
            "question_detail",
            "question_version",
            "question_edit",
            "question_publish",
        ),
    ),
    ("Question sets", "question_set_list", ("question_set_",)),
    ("People", "person_list", ("person_",)),
]


def shell(request) -> dict:
    """Safe where there is no user: error pages are rendered with it too."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "theme": "", "me": None}
    match = request.resolver_match
    here = match.url_name or "" if match else ""
    return {
        "nav": [
            {"label": label, "url": reverse(name), "current": here.startswith((name, *prefixes))}
            for label, name, prefixes in NAV
            if RULES[name].admits(user)
        ],
        "theme": user.theme,
        "me": user,
    }

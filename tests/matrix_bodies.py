"""A valid body for each POST of the matrix: what the form's own page holds, with a few words."""

import json
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from roles.bank import archive
from scorecards.forms.candidate_import import digest
from tests import bank, build, sessions
from tests.forms import filled_in
from tests.matrix import REASONS, client_of, query, url_arguments

# Who may see the page of the form; the body is then sent as everybody.
FILLED_IN_BY = {
    "question_": "editor",
    "role_": "editor",
    "area_": "editor",
    "exclusion_new": "chair",
    "opening_new": "recr",
    "opening_": "coord",
    "candidate_new": "coord",
    "interview_new": "coord",
    "interview_move": "coord",
    "scorecard_": "before",
    "scorecard_amend": "after",
    "person_invite": "admin",
}
CHANGES = {
    "exclusion_new": {"reason": "It was misread."},
    "question_new": {
        "slug": "brand-new",
        "title": "Brand new",
        "kind": "situational",
        "levels": ["senior"],
        "minutes": "7",
        "prompt": "What would you do first?",
        "change": "wording",
    },
    "question_publish": {"change": "wording", "note": "Plainer words."},
    "question_set_new": {"name": "New set", "round_name": "Screen", "level": "senior"},
    "question_set_copy": {"level": "junior"},
    "role_new": {"name": "New role", "slug": "new-role", "summary": "What it is for."},
    "area_new": {"name": "New area", "slug": "new-area", "short_name": "New", "definition": "It."},
    "interview_move": {"location": "Room Elm"},
    "candidate_new": {"name": "Nina New", "email": "nina@example.org"},
    "scorecard_amend": {"recommendation": "no_hire", "summary": "Less.", "reason": "Misread it."},
    "scorecard_submit": {
        "recommendation": "hire",
        "summary": "Ran it for two years, with figures.",
        "pledge": "on",
        "unworded_ok": "on",
    },
    "person_invite": {"name": "Nina New", "email": "nina@example.com", "time_zone": "UTC"},
}


def body(name: str, of: SimpleNamespace, who: str) -> dict | str:
    if name in BODIES:
        return BODIES[name](of, who)
    fitting = [prefix for prefix in FILLED_IN_BY if name.startswith(prefix)]
    if not fitting or name in ("question_discard_draft", "opening_member_remove"):
        return {}
    url = reverse(name, args=url_arguments(name, of))
    with transaction.atomic():
        page = client_of(of, FILLED_IN_BY[max(fitting, key=len)]).get(url + query(name, of))
        transaction.set_rollback(True)
    return filled_in(page, url, **CHANGES.get(name, {}), **_choices(name, of))


def _choices(name: str, of: SimpleNamespace) -> dict:
    """What can't be known before the world is made."""
    if name == "interview_new":
        return {
            "round": str(of.round.pk),
            "interviewer": str(of.people["none"].pk),
            "starts_at": f"{timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%M}",
        }
    if name == "opening_member_add":
        return {"user": str(of.people["none"].pk), "kind": "coordinator"}
    if name in ("question_set_new", "question_set_copy"):
        return {"role": str(of.role.pk)}
    if name == "question_set_edit":
        return {"do": f"remove:{of.questions[0].question_id}"}
    if name == "question_new":
        return {"area": str(of.questions[0].question.area_id), "roles": [str(of.role.pk)]}
    return {}


def _sign_in(of, who):
    person = of.people.get(who, of.people["none"])
    return {"login": person.email, "password": build.PASSWORD}


def _change_password(of, who):
    new = "another battery of horses"
    return {"oldpassword": build.PASSWORD, "password1": new, "password2": new}


def _import(of, who):
    """What the editor was shown of an import."""
    url = reverse("bank_import")
    text = bank.QUESTION.format(slug="sent", title="Sent", area="production")
    raw = archive.pack({"questions/production/sent.yaml": text.encode()})
    file = SimpleUploadedFile("bank.zip", raw)
    with transaction.atomic():
        page = client_of(of, "editor").post(url, {"archive": file})
        transaction.set_rollback(True)
    return filled_in(page, url)


def _candidates(of, who):
    """What the coordinator was shown of the lines."""
    text = "Nina New,nina@example.org"
    return {"text": text, "seen": digest(text)}


def _autosave(of, who):
    """What the script of the editor sends: the form of the page."""
    url = reverse("question_edit", args=[of.questions[0].question_id])
    with transaction.atomic():
        page = client_of(of, "editor").get(url)
        transaction.set_rollback(True)
    return filled_in(page, url, prompt="Asked better still?")


def _operation(of, who):
    """What the client sends for one rating."""
    field = f"rating:{of.questions[0].pk}"
    ops = [{"op": str(uuid4()), "field": field, "base": 0, "value": 4}]
    return json.dumps({"v": 1, "device": "laptop", "ops": ops})


BODIES = {
    "erasure_request": lambda of, who: {"reason": "They asked for it."},
    "candidate_hold": lambda of, who: {"reason": "A claim is open."},
    "account_reauthenticate": lambda of, who: {"password": build.PASSWORD},
    "mfa_authenticate": lambda of, who: {"code": sessions.code()},
    "mfa_reauthenticate": lambda of, who: {"code": sessions.code()},
    "mfa_activate_totp": lambda of, who: {"code": sessions.code()},
    "scorecard_ops": _operation,
    "question_autosave": _autosave,
    "question_retire": lambda of, who: {"reason": "Nobody asks it any more."},
    "bank_import": _import,
    "account_login": _sign_in,
    "account_reset_password": lambda of, who: {"email": of.people["none"].email},
    "account_change_password": _change_password,
    "account": lambda of, who: {"name": "New Name", "time_zone": "Europe/Berlin", "theme": "dark"},
    "session_end": lambda of, who: {"which": "others"},
    "person_grant": lambda of, who: {"kind": "recruiter"},
    "person_revoke": lambda of, who: {"kind": "recruiter"},
    "interview_not_there": lambda of, who: {"missing": "candidate", "note": "They did not call."},
    "interview_rehearse": lambda of, who: {"go": "next", "evidence": "Tried it.", "rating": "3"},
    "interview_moved": lambda of, who: {"note": "To tomorrow."},
    "debrief_new": lambda of, who: {"exception_reason": "It can't wait."},
    "debrief_note": lambda of, who: {"area": "production", "text": "Who was on call?"},
    "debrief_panel_rating": lambda of, who: {"area": "production", "rating": "3"},
    "debrief_vote": lambda of, who: {"recommendation": "hire", "rationale": "Shipped twice."},
    # An hour of the opening is under way.
    "hour_new": lambda of, who: {f"place_{of.application.pk}": "1", "minutes": "60"},
    "hour_move": lambda of, who: {"to": str(of.hour.current_id)},
    "candidate_import": _candidates,
    "handover_new": lambda of, who: {"area": "cost"},
    "application_end": lambda of, who: {"state": "withdrawn", "reason": "Another offer."},
    "opening_state": lambda of, who: {"state": "closed"},
    "interview_cancel": lambda of, who: {"reason": "They are ill."},
    "decision_note": lambda of, who: {"text": "The price was asked on the phone: answered."},
    "decision_new": lambda of, who: {
        "outcome": "more_evidence",
        "rationale": REASONS,
        "exception_reason": "It can't wait.",
        "after": 0,
    },
}

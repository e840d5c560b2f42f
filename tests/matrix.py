"""The world that the access matrix is tried in: the people, the objects, a valid body for each
POST, and a fingerprint of the database."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from interviewbank.access.models import User
from scorecards.models import Application, Candidate, Decision, Opening, Submission, Vote
from scorecards.workflow.decisions import record_decision
from scorecards.workflow.rollups import refresh_rollup
from tests import build, security_key, sessions

TABLE = Path(__file__).parent / "access_matrix.txt"
REASONS = "Both interviewers heard in detail how the outage was handled; cost was thin but enough."
# What a read may change.
LEFT_OUT = {"django_session", "audit_readevent", "django_migrations"}


@dataclass(frozen=True)
class Line:
    method: str
    url: str
    outcomes: dict[str, str]


def lines() -> list[Line]:
    """The table. Fails on a line that does not have one outcome for each kind of person."""
    rows = [
        row.split()
        for row in TABLE.read_text().splitlines()
        if row.strip() and not row.startswith("#")
    ]
    people = rows[0][2:]
    return [
        Line(method, url, dict(zip(people, outcomes, strict=True)))
        for method, url, *outcomes in rows[1:]
    ]


def world() -> SimpleNamespace:
    """Two cards: `before` owes one, `after` has submitted; everybody else around them."""
    production, cost = build.area("production"), build.area("cost")
    role = build.role("applied", has_agents=False)
    for area in (production, cost):
        role.profiles.create(level="senior", area=area, requirement="required")
    asked = [build.question("outage", in_area=production), build.question("price", in_area=cost)]
    draft = build.version(asked[0].question, number=2, published=False, prompt="Asked better?")
    set_version = build.question_set(*asked, of_role=role, name="Deep dive")
    build.set_draft(set_version.question_set, asked[0])
    people = {
        "none": build.user("Otto Nobody"),
        "before": build.user("Ines Asker"),
        "after": build.user("Colin Asker"),
        "former": build.user("Fiona Asker"),
        "coord": build.user("Cora Scheduler"),
        "comm": build.user("Carl Reader"),
        "chair": build.user("Chiara Decider"),
        "other": build.user("Olga Decider"),
        "editor": build.user("Edith Queller", "question_editor"),
        "recr": build.user("Rico Sourcer", "recruiter"),
        "admin": build.user("Ada Minister", "administrator"),
        "linked": build.user("Lena Insider"),
        "deact": build.user("Dora Gone"),
    }
    opening = build.opening(
        set_version,
        areas=[production, cost],
        members=[
            (people["coord"], "coordinator"),
            (people["comm"], "committee"),
            (people["chair"], "chair"),
            (people["linked"], "committee"),
        ],
    )
    build.opening(members=[(people["other"], "chair")])
    application = build.application(opening, "Odalys Brambleworth", user=people["linked"])
    owed = build.interview(application, people["before"])
    done = build.interview(application, people["after"])
    build.interview(
        application,
        people["former"],
        state="cancelled",
        state_changed_at=timezone.now() - timedelta(days=20),
    )
    build.answered(owed, [3, 3])
    card = build.submitted(done, [3, 2])
    submission = Submission.objects.create(
        scorecard=card,
        number=1,
        content="{}",
        salt="s",
        digest="d",
        submitted_at=card.submitted_at,
    )
    refresh_rollup(application)
    debriefed = _debriefed(opening, people)
    of = SimpleNamespace(
        sessions={},
        decision=_decided(opening, people),
        debrief=debriefed.debriefs.get(),
        hour=opening.debrief_hours.get(),
        ended=_ended(opening, people),
        handover=done.handovers.create(area=cost),
        people=people,
        asked_to_be_erased=_asks_to_be_erased(opening, people["coord"]),
        security_key=second_factors(people["editor"]),
        role=role,
        questions=asked,
        draft=draft,
        set_version=set_version,
        opening=opening,
        round=opening.plans.get().rounds.get(),
        application=application,
        owed=owed,
        submission=submission,
        member=opening.members.get(user=people["comm"]),
    )
    sign_everybody_in(of)
    return of


def _debriefed(opening: Opening, people: dict[str, User]) -> Application:
    """Another candidate with the same panel, in a debrief and in the line of a debrief hour."""
    application = build.application(opening, "Bram Oldtree", user=people["linked"])
    build.interview(application, people["before"])
    build.submitted(build.interview(application, people["after"]), [3, 2])
    refresh_rollup(application)
    debrief = build.debrief(application, people["chair"])
    Vote.objects.create(
        debrief=debrief, member=people["chair"], recommendation="hire", rationale="Shipped."
    )
    build.hour(application, by=people["chair"])
    return application


def _decided(opening: Opening, people: dict[str, User]) -> Decision:
    """A third one with the same panel, decided before all cards were in."""
    application = build.application(opening, "Cleo Thornapple", user=people["linked"])
    build.interview(application, people["before"])
    build.submitted(build.interview(application, people["after"]), [3, 2])
    refresh_rollup(application)
    return record_decision(
        application=application,
        by=people["chair"],
        outcome="more_evidence",
        rationale=REASONS,
        exception_reason="It can't wait.",
    )


def _ended(opening: Opening, people: dict[str, User]) -> Application:
    application = build.application(opening, "Ulla Farwell", user=people["linked"])
    application.state = "withdrawn"
    application.save(update_fields=["state"])
    return application


def _asks_to_be_erased(opening, by: User) -> Candidate:
    candidate = build.application(opening, "Ghislain Fernsby").candidate
    candidate.erasure_requests.create(reason="Asked for it.", requested_by=by)
    return candidate


def second_factors(person: User) -> Authenticator:
    """One of each kind. Returns the security key."""
    TOTP.activate(person, sessions.APP_SECRET)
    RecoveryCodes.activate(person).mark_as_viewed()
    return Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Blue key", "credential": security_key.registration()},
    )


def fresh(of: SimpleNamespace, who: str) -> User:
    """As the database has them: signing in changes the object, and each request is rolled back."""
    return User.objects.get(pk=of.people[who].pk)


def client_of(of, who: str) -> Client:
    cache.clear()  # the limits of sign-in count across clients
    client = Client(raise_request_exception=False)
    if who == "anon":
        return client
    if who not in of.sessions:  # one for each person: signing in costs more than most requests
        sessions.sign_in(client, fresh(of, who))
        of.sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.cookies[settings.SESSION_COOKIE_NAME] = of.sessions[who]
    return client


def sign_everybody_in(of: SimpleNamespace) -> None:
    """One was deactivated since."""
    for who in of.people:
        client_of(of, who)
    User.objects.filter(pk=of.people["deact"].pk).update(is_active=False)


def post(client: Client, url: str, data: dict | str):
    """A text is JSON, for the URLs that take no form."""
    if isinstance(data, str):
        return client.post(url, data, content_type="application/json")
    return client.post(url, data)


def query(name: str, of: SimpleNamespace) -> str:
    """The first step of a form in two steps is in its address."""
    if name == "exclusion_new":
        return f"?question={of.questions[0].question_id}"
    return f"?role={of.role.slug}&level=senior" if name == "opening_new" else ""


def url_arguments(name: str, of: SimpleNamespace) -> list:
    person = fresh(of, "none")
    reset_key = (user_pk_to_url_str(person), default_token_generator.make_token(person))
    by_prefix = {
        "account_reset_password_from_key": list(reset_key),
        "mfa_remove_webauthn": [of.security_key.pk],
        "openid_connect_": ["company"],
        "person_": [person.pk],
        "role_profile": [of.role.slug, "senior"],
        "role_": [of.role.slug],
        "area_": [of.questions[0].question.area.slug],
        "exclusion_": [of.opening.pk],
        "question_version": [of.questions[0].question_id, 1],
        "question_set_": [of.set_version.question_set_id],
        "question_": [of.questions[0].question_id],
        "opening_member_remove": [of.member.pk],
        "opening_": [of.opening.pk],
        "candidate_new": [of.opening.pk],
        "candidate_import": [of.opening.pk],
        "candidate_": [of.application.candidate_id],
        "candidate_erase": [of.asked_to_be_erased.pk],
        "erasure_withdraw": [of.asked_to_be_erased.pk],
        "erasure_request": [of.application.candidate_id],
        "application_export": ["csv"],
        "application_": [of.application.pk],
        "application_reopen": [of.ended.pk],
        "interview_new": [of.application.pk],
        "interview_": [of.owed.pk],
        "handover_new": [of.submission.scorecard.interview_id],
        "handover_withdraw": [of.handover.pk],
        "scorecard_": [of.owed.scorecard.pk],
        "scorecard_amend": [of.submission.scorecard_id],
        "submission_": [of.submission.pk],
        "decision_new": [of.application.pk],
        "decision_": [of.decision.pk],
        "debrief_new": [of.application.pk],
        "debrief_": [of.debrief.pk],
        "hour_new": [of.opening.pk],
        "hour_": [of.hour.pk],
    }
    without = {
        "account_reset_password_from_key_done",
        "person_list",
        "person_invite",
        "role_list",
        "role_compare",
        "role_finder",
        "role_new",
        "area_list",
        "area_new",
        "question_list",
        "question_new",
        "question_set_list",
        "question_set_new",
        "opening_list",
        "trail_list",
        "privacy_list",
        "opening_new",
        "application_compare",
        "application_list",
        "search",
    }
    if name in without:
        return []
    fitting = [prefix for prefix in by_prefix if name.startswith(prefix)]
    return by_prefix[max(fitting, key=len)] if fitting else []


def fingerprint() -> str:
    """A digest of every row that we keep."""
    tables = [name for name in connection.introspection.table_names() if name not in LEFT_OUT]
    rows = " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) "
        f'FROM "{table}" t'
        for table in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        return hashlib.sha256(str(sorted(cursor.fetchall())).encode()).hexdigest()


def touched() -> list[tuple]:
    """How many rows this transaction wrote, by table; costs nothing beside a fingerprint. What was
    written and rolled back counts too, so a difference is a reason to look, and none is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE NOT relname = ANY(%s) ORDER BY relname",
            [list(LEFT_OUT)],
        )
        return cursor.fetchall()

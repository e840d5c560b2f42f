"""One of each page of the product, in the demo company: who looks, and where."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page

from interviewbank.access.models import User
from roles.models import Question, QuestionSet
from roles.workflow.questions import create_question, save_draft
from roles.workflow.set_drafts import edit_draft
from scorecards.models import Application, Interview, Opening
from scorecards.workflow.interviews import assign_interviewer
from tests import matrix, sessions, shipped

WIDTHS = (1440, 820, 390)
THEMES = ("light", "dark")
SCRIPT = "text/javascript"
# A download and an answer to a script: a browser shows no page for them.
NO_PAGE = {
    "interview_calendar",
    "application_export",
    "bank_export",
    "scorecard_state",
    # In the middle of a sign-in: test_security_key. After one at a company: test_access_company.
    "mfa_authenticate",
    "openid_connect_callback",
    "debrief_follow",
    "hour_follow",
    "decision_packet_file",
    "decision_packet_json",
}


@dataclass(frozen=True)
class Place:
    """A page as `who`, the beginning of an address, sees it; nobody, when signed out."""

    url_name: str
    who: str = ""
    args: tuple = ()
    query: str = ""
    state: str = ""
    status: int = 200

    @property
    def address(self) -> str:
        return reverse(self.url_name, args=self.args) + self.query

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.url_name, self.state)))


def _security_key() -> Authenticator:
    return Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)


def load() -> None:
    """The demo company, and a draft of a question, a question without a version, an interview that
    goes on now with answers, and a person who was invited."""
    shipped.load_demo()
    ingrid = User.objects.get(name__startswith="Ingrid")
    question = Question.objects.get(slug="first-month-live")
    save_draft(question=question, by=ingrid, prompt="What did the first month teach you?")
    create_question(
        by=ingrid,
        slug="not-ready",
        area=question.area,
        kind="situational",
        levels=["senior"],
        roles=[],
        title="Not ready",
        prompt="What would you look at first?",
        minutes=8,
    )
    matrix.second_factors(User.objects.get(name__startswith="Rashid"))
    screen = QuestionSet.objects.get(slug="applied-senior-screen")
    edit_draft(question_set=screen, by=ingrid, do="add", question=_spare(screen))
    application = _application("Jonas")
    assign_interviewer(
        application=application,
        round=application.opening.plans.get().rounds.get(name="Screen"),
        interviewer=User.objects.get(name__startswith="Lucas"),
        starts_at=timezone.now() + timedelta(minutes=20),
        minutes=45,
        location="Room Elm",
        shadow=True,
        by=User.objects.get(name__startswith="Tomás"),
    )
    User.objects.create_user(email="ivo.invited@example.com", name="Ivo Invited")


def _spare(of: QuestionSet):
    """A question that the set does not ask."""
    return Question.objects.published().exclude(versions__set_versions__question_set=of)[0].pk


def _application(name: str) -> Application:
    return Application.objects.get(candidate__name__startswith=name)


def _card(candidate: str, interviewer: str, **interview):
    found = Interview.objects.filter(
        application=_application(candidate), interviewer__name__startswith=interviewer, **interview
    )
    return found.get().scorecard.pk


def _of(card: tuple):
    """The interview of a scorecard."""
    return Interview.objects.get(scorecard=card[0]).pk


def places() -> list[Place]:
    return [
        *_signed_out(),
        *_people(),
        *_roles(),
        *_bank(),
        *_openings(),
        *_candidates(),
        *_debriefs(),
        *_cards(),
    ]


def _signed_out() -> list[Place]:
    mei = User.objects.get(name__startswith="Mei")
    key = (user_pk_to_url_str(mei), default_token_generator.make_token(mei))
    return [
        Place("account_login"),
        Place("account_inactive"),
        Place("account_reset_password"),
        Place("account_reset_password_done"),
        Place("account_reset_password_from_key", args=key),
        Place("account_reset_password_from_key", args=("x", "stale-key"), state="stale"),
        Place("account_reset_password_from_key_done"),
    ]


def _people() -> list[Place]:
    kofi = User.objects.get(name__startswith="Kofi")
    return [
        Place("account", "tomas"),
        Place("account_change_password", "tomas"),
        Place("person_list", "nadia"),
        Place("trail_list", "nadia"),
        Place("privacy_list", "nadia", query="?q=jonas"),
        Place("candidate_privacy", "nadia", (_application("Jonas").candidate_id,)),
        Place("mfa_index", "nadia"),
        Place("mfa_activate_totp", "nadia"),
        Place("mfa_generate_recovery_codes", "nadia"),
        Place("mfa_list_webauthn", "nadia"),
        Place("mfa_index", "rashid", state="set up"),
        Place("mfa_view_recovery_codes", "rashid"),
        Place("mfa_deactivate_totp", "rashid"),
        Place("mfa_list_webauthn", "rashid", state="set up"),
        Place("mfa_remove_webauthn", "rashid", (_security_key().pk,)),
        Place("mfa_reauthenticate", "rashid"),
        Place("mfa_reauthenticate_webauthn", "rashid"),
        Place("mfa_add_webauthn", "nadia"),
        Place("account_reauthenticate", "nadia"),
        Place("socialaccount_login_cancelled"),
        Place("socialaccount_login_error", status=401),
        Place("person_list", "meilin", state="forbidden", status=403),
        Place("person_invite", "nadia"),
        Place("person_detail", "nadia", (kofi.pk,)),
    ]


def _roles() -> list[Place]:
    applied, area = ("applied-ai-engineer",), ("cost-per-inference",)
    ticked = "?work=prompts&work=retrieval&work=assistants&level=senior"
    return [
        Place("role_list", "meilin"),
        Place("role_detail", "tomas", applied),
        Place("role_detail", "ingrid", ("data-engineer",), state="editor"),
        Place("role_compare", "meilin"),
        Place("role_finder", "tomas"),
        Place("role_finder", "tomas", query=ticked, state="answer"),
        Place("role_new", "ingrid"),
        Place("role_edit", "ingrid", applied),
        Place("role_profile", "ingrid", (*applied, "senior")),
        Place("area_list", "ingrid"),
        Place("area_new", "ingrid"),
        Place("area_edit", "ingrid", area),
    ]


def _bank() -> list[Place]:
    question = Question.objects.get(slug="first-month-live").pk
    fresh = Question.objects.get(slug="not-ready").pk
    screen = QuestionSet.objects.get(slug="applied-senior-screen").pk
    return [
        Place("question_list", "ingrid"),
        Place("question_list", "tomas", query="?q=nothing-like-it", state="none"),
        Place("question_new", "ingrid"),
        Place("question_detail", "tomas", (question,)),
        Place("question_detail", "ingrid", (fresh,), state="draft"),
        Place("question_version", "ingrid", (question, 2)),
        Place("question_compare", "tomas", (question,)),
        Place("question_preview", "ingrid", (question,)),
        Place("question_edit", "ingrid", (question,)),
        Place("question_edit", "ingrid", (fresh,), state="first"),
        Place("question_publish", "ingrid", (question,)),
        Place("question_publish", "ingrid", (fresh,), state="first"),
        Place("bank_import", "ingrid"),
        Place("question_set_list", "ingrid"),
        Place("question_set_detail", "ingrid", (screen,)),
        Place("question_set_new", "ingrid"),
        Place("question_set_edit", "ingrid", (screen,)),
        Place("question_set_publish", "ingrid", (screen,)),
        Place("question_set_copy", "ingrid", (screen,)),
        Place("question_set_print", "ingrid", (screen,)),
    ]


def _openings() -> list[Place]:
    opening = (Opening.objects.get(role__slug="applied-ai-engineer").pk,)
    platform = (Opening.objects.get(role__slug="ai-infrastructure-engineer").pk,)
    chosen = "?role=applied-ai-engineer&level=senior"
    return [
        Place("opening_list", "tomas"),
        Place("opening_list", "meilin", state="none"),
        Place("opening_new", "tomas"),
        Place("opening_new", "tomas", query=chosen, state="chosen"),
        Place("opening_detail", "tomas", opening),
        Place("opening_detail", "nadia", opening, state="administrator"),
        Place("opening_detail", "meilin", opening, state="invisible", status=404),
        Place("opening_settings", "tomas", opening),
        Place("opening_state", "tomas", opening),
        Place("opening_plan", "tomas", opening),
        Place("opening_member_add", "nadia", opening),
        Place("exclusion_list", "helena", opening),
        Place("exclusion_list", "kofi", platform, state="left-out"),
        Place("opening_trail", "helena", opening),
        Place("exclusion_new", "helena", opening),
        Place("candidate_new", "tomas", opening),
        Place("candidate_import", "tomas", opening),
    ]


def _candidates() -> list[Place]:
    jonas = (_application("Jonas").pk,)
    compared = "&".join(f"a={_application(name).pk}" for name in ("Jonas", "Leila", "Viktor"))
    states = {"Amara": "empty", "Jonas": "thin", "Leila": "clear", "Viktor": "split"}
    return [
        Place("application_list", "helena"),
        Place("application_list", "helena", query="?tab=decided", state="decided"),
        Place("application_list", "lucas", state="interviewer"),
        Place("application_list", "meilin", state="none"),
        Place("application_list", "helena", query="?flag=apart&q=zz", state="empty"),
        Place("application_list", "helena", query="?level=x", state="unknown", status=422),
        Place("application_compare", "helena", query="?" + compared),
        Place("application_compare", "helena", query=f"?{compared}&hide=1", state="hidden"),
        Place("application_compare", "helena", state="none"),
        Place("application_compare", "helena", query="?a=x", state="unknown", status=422),
        Place("application_detail", "tomas", jonas),
        Place("application_detail", "tomas", (_application("Amara").pk,), state="not-held"),
        Place("application_end", "tomas", jonas),
        Place("interview_move", "tomas", (_of((_card("Jonas", "Lucas", round__name="Screen"),)),)),
        Place("interview_new", "tomas", jonas),
        *(
            Place("application_review", "helena", (_application(name).pk,), state=state)
            for name, state in states.items()
        ),
        Place(
            "application_review",
            "helena",
            (_application("Viktor").pk,),
            query="?area=evaluation-rigor",
            state="evidence",
        ),
        Place("application_review", "helena", (_application("Grace").pk,), state="decided"),
        *(
            Place("decision_packet", "helena", (decision.pk,), state=str(decision.number))
            for decision in _application("Grace").decisions.all()
        ),
        Place("application_review", "kofi", (_application("Hannah").pk,), state="no"),
    ]


def _debriefs() -> list[Place]:
    viktor, grace = _application("Viktor"), _application("Grace")
    debrief, hour = (viktor.debriefs.get().pk,), (viktor.opening.debrief_hours.get().pk,)
    return [
        Place("debrief_new", "helena", (_application("Jonas").pk,)),
        Place("debrief_new", "helena", (viktor.pk,), state="open"),
        Place("debrief_detail", "helena", debrief, state="chair"),
        Place("debrief_detail", "kofi", debrief, state="voted"),
        Place("debrief_detail", "anjali", debrief, state="interviewer"),
        Place("debrief_detail", "sunhee", (grace.debriefs.get().pk,), state="closed"),
        Place("hour_new", "helena", (viktor.opening_id,)),
        Place("hour_detail", "helena", hour),
    ]


def _cards() -> list[Place]:
    draft = (_card("Jonas", "Lucas", round__name="System design"),)
    fresh = (_card("Jonas", "Lucas", round__name="Screen"),)
    locked = (_card("Jonas", "Anjali"),)
    submission = Interview.objects.get(scorecard=locked[0]).scorecard.submissions.get()
    amended = Interview.objects.get(scorecard=_card("Grace", "Chidi")).scorecard.submissions
    return [
        Place("today", "lucas"),
        Place("today", "helena", state="review"),
        Place("search", "tomas", query="?q=a"),
        Place("search", "meilin", query="?q=zzz", state="none"),
        Place("today", "meilin", state="none"),
        Place("interview_prepare", "lucas", (_of(fresh),)),
        Place("interview_prepare", "lucas", (_of(draft),), state="over"),
        Place("interview_prepare", "anjali", (_of(locked),), state="in"),
        Place("interview_prepare", "yuki", (_of((_card("Jonas", "Yuki"),)),), state="asked"),
        Place("interview_rehearse", "lucas", (_of(fresh),)),
        Place("interview_print", "lucas", (_of(fresh),)),
        Place("scorecard_live", "lucas", draft),
        Place("scorecard_live", "lucas", draft, query="?q=six-seconds-to-two", state="answered"),
        Place("scorecard_live", "lucas", fresh, state="fresh"),
        Place("scorecard_live", "anjali", locked, state="locked"),
        Place("scorecard_submit", "lucas", draft),
        Place("scorecard_amend", "anjali", locked),
        Place("submission_detail", "anjali", (submission.pk,), state="own"),
        Place("submission_detail", "helena", (submission.pk,), state="committee"),
        *(
            Place("submission_detail", "helena", (one.pk,), state=f"amended-{one.number}")
            for one in amended.all()
        ),
    ]


@dataclass
class Visitor:
    """Goes to places in one browser profile per person, without the sign-in page. What the browser
    has to complain about meanwhile stands in `complaints`."""

    browser: Browser
    base_url: str
    width: int = 1440
    theme: str = "light"
    pages: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def page_of(self, who: str) -> Page:
        if who not in self.pages:
            context = self.browser.new_context(
                base_url=self.base_url,
                viewport={"width": self.width, "height": 900},
                color_scheme=self.theme,
                reduced_motion="reduce",
            )
            if who:
                context.add_cookies([{**session_of(who), "url": self.base_url}])
            self.pages[who] = self.listened_to(context.new_page())
        return self.pages[who]

    def listened_to(self, page: Page) -> Page:
        """A refusal by the content security policy is an error of the console."""

        def note(message: ConsoleMessage) -> None:
            # A page about what is missing, forbidden or refused has that status, and no fault.
            of_the_page = message.location.get("url") == page.url
            expected = of_the_page and "the server responded with a status of 4" in message.text
            if message.type in ("error", "warning") and not expected:
                self.complaints.append(f"{page.url}: {message.text}")

        page.on("console", note)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.set_default_timeout(10_000)
        return page

    def go(self, place: Place) -> Page:
        page = self.page_of(place.who)
        response = page.goto(place.address)
        assert response.status == place.status, (place, response.status)
        return page


def plain(page: Page) -> None:
    """The live scorecard without its script is the plain form, and saves by its button."""
    page.context.route("**/live/page.js", lambda route: route.fulfill(body="", content_type=SCRIPT))


def session_of(who: str) -> dict[str, str]:
    client = Client()
    person = User.objects.get(email__startswith=f"{who}.")
    sessions.sign_in(client, person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


@contextmanager
def visitor(browser: Browser, base_url: str, **more) -> Iterator[Visitor]:
    going = Visitor(browser, base_url, **more)
    yield going
    for page in going.pages.values():
        page.context.close()


def too_wide(page: Page, width: int) -> str:
    """The outermost elements that stick out at the right."""
    return page.evaluate(
        """width => [...document.body.querySelectorAll("*")]
            .filter(one => one.getBoundingClientRect().right > width + 1)
            .slice(0, 5).map(one => one.outerHTML.slice(0, 90)).join(" … ")""",
        width,
    )

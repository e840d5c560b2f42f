"""Somebody who looks everywhere: every address with every object, every link, every button, and
what comes back in any form: pages, fragments, files, headers, refusals and mails."""

import io
import re
import zipfile
from html import unescape
from itertools import islice
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from interviewbank.access.policy import RULES
from scorecards.models import (
    Application,
    Candidate,
    Debrief,
    DebriefHour,
    Decision,
    Interview,
    Opening,
    Scorecard,
    Submission,
)
from tests import matrix
from tests.canaries import CANARY
from tests.matrix_bodies import body

LINK = re.compile(r'(?:href|action|hx-get|data-follow|data-url)="([/?][^"#]*)')
# Addresses of files that are the same for everybody, and of a made-up candidate's live page.
ELSEWHERE = ("/static/", "/sign-out/")
FRAGMENT = {"HX-Request": "true"}
# These end the session that the crawl goes on with, or show the votes, as they are meant to.
NOT_PRESSED = {
    *("account_logout", "session_end", "account_change_password"),
    *("debrief_reveal", "debrief_close"),
}
# What no link holds: what somebody could type into a form or an address.
TYPED = {
    "application_list": ("?q=e", "?sort=score", "?sort=-spread&tab=all", "?page=2", "?flag=apart"),
    "application_export": ("?sort=-score", "?q=e"),
    "application_review": ("?area=production", "?area=cost"),
    "opening_member_add": ("?q=e",),
    "privacy_list": ("?q=e", "?q=example"),
    "question_list": ("?q=e",),
    "trail_list": ("?page=2", "?who=e&about=candidates"),
    "opening_trail": ("?page=2", "?who=e&about=committee"),
    "scorecard_live": ("?q=outage", "?q=price"),
}
REFUSED = {401, 403, 404}
FRAGMENTS = {"application_review": {"HX-Target": "areas"}}


def objects(name: str, of: SimpleNamespace) -> list[list]:
    """The arguments for an address: every object of the world that it can be about."""
    models = {
        "opening_member_remove": None,
        "opening_": Opening,
        "exclusion_": Opening,
        "hour_new": Opening,
        "candidate_new": Opening,
        "candidate_": Candidate,
        "erasure_": Candidate,
        "application_": Application,
        "interview_new": Application,
        "debrief_new": Application,
        "decision_new": Application,
        "interview_": Interview,
        "scorecard_": Scorecard,
        "submission_": Submission,
        "decision_": Decision,
        "debrief_": Debrief,
        "hour_": DebriefHour,
    }
    first = matrix.url_arguments(name, of)
    if name == "application_export":
        return [["csv"], ["xlsx"]]
    fitting = [prefix for prefix in models if name.startswith(prefix)]
    model = models[max(fitting, key=len)] if fitting and first else None
    if model is None:
        return [first]
    return [[pk] for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)]


def text_of(response) -> str:
    """Everything that a response says: its head, and its body as somebody reads it who saves it."""
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    raw = response.getvalue()
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            raw = b"\n".join(file.read(name) for name in file.namelist())
    # Calendars fold their lines.
    said = raw.decode("utf-8", "replace").replace("\r\n ", "")
    return f"{head}\n{response.cookies.output()}\n{unescape(said)}".lower()


class Crawl:
    def __init__(self, of: SimpleNamespace, who: str, client: Client | None = None):
        self.of, self.who = of, who
        self.client = client or matrix.client_of(of, who)
        self.seen: set[str] = set()
        self.visited: set[str] = set()

    def look_everywhere(self) -> set[str]:
        for name, rule in RULES.items():
            if "GET" in rule.methods:
                for arguments in objects(name, self.of):
                    self.visit(name, reverse(name, args=arguments))
        self.compare()
        self.press_every_button()
        # A crawl that was signed out on the way would have found nothing, too.
        signed_in = self.client.get(reverse("account")).status_code == 200
        assert signed_in == (self.who not in ("anon", "deact"))
        return self.seen

    def visit(self, name: str, url: str) -> None:
        response = self.get(url + matrix.query(name, self.of))
        if response.status_code != 200:
            return
        for query in TYPED.get(name, ()):
            self.get(url + query)
        if "HX-Request" in response.get("Vary", ""):
            self.get(url, **FRAGMENT, **FRAGMENTS.get(name, {}))
        for address in self.links(url, response):
            self.get(address)

    def links(self, url: str, response) -> list[str]:
        """Those with a query: every address without one is tried anyway."""
        if not response.get("Content-Type", "").startswith("text/html"):
            return []
        found = (unescape(link) for link in LINK.findall(response.content.decode()))
        whole = (urlsplit(url).path + link if link.startswith("?") else link for link in found)
        return [
            link
            for link in whole
            if "?" in link and not link.startswith(ELSEWHERE) and "/rehearse/" not in link
        ]

    def get(self, url: str, **headers: str):
        if not headers and url in self.visited:
            return _NOTHING
        self.visited.add(url)
        return self.heard(self.client.get(url, headers=headers))

    def heard(self, response):
        assert response.status_code < 500, (self.who, response.request["PATH_INFO"])
        self.look(text_of(response))
        return response

    def look(self, text: str) -> None:
        """Only for words that were put somewhere: among the thousands of random tokens of a crawl,
        in lower case, one now and then has the shape of a canary."""
        self.seen |= self.of.canaries.keys() & CANARY.findall(text)

    def compare(self) -> None:
        """Each candidate beside another one."""
        keys = Application.objects.order_by("pk").values_list("pk", flat=True)
        for first, second in zip(keys, islice(keys, 1, None), strict=False):
            self.get(reverse("application_compare") + f"?a={first}&a={second}")

    def press_every_button(self) -> None:
        """With what fits and with nothing; whatever it does is taken back."""
        for name, rule in RULES.items():
            if "POST" not in rule.methods or name in NOT_PRESSED:
                continue
            if self.pressed(name, self.fitting_body(name)) not in REFUSED:
                self.pressed(name, {})

    def pressed(self, name: str, data: dict | str) -> int:
        cookies = {key: morsel.value for key, morsel in self.client.cookies.items()}
        with transaction.atomic():
            status = self.press(name, data)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.load(cookies)
        return status

    def fitting_body(self, name: str) -> dict | str:
        if name not in self.of.bodies:
            self.of.bodies[name] = body(name, self.of, "none")
        return self.of.bodies[name]

    def press(self, name: str, data: dict | str) -> int:
        cache.clear()
        url = reverse(name, args=matrix.url_arguments(name, self.of))
        response = matrix.post(self.client, url + matrix.query(name, self.of), data)
        self.heard(response)
        if response.status_code == 302 and response["Location"].startswith("/"):
            self.heard(self.client.get(response["Location"]))
        for letter in mail.outbox:
            said = f"{letter.subject}\n{letter.body}\n{letter.extra_headers}".lower()
            self.look(said)
        mail.outbox.clear()
        return response.status_code


class _Nothing:
    status_code = 0


_NOTHING = _Nothing()

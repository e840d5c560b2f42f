"""Signing in through the company, against an identity provider that runs here."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from interviewbank.access.models import User
from interviewbank.access.workflow import deactivate_person

START = reverse("openid_connect_login", args=["company"])
DONE = reverse("openid_connect_callback", args=["company"])


class Provider(ThreadingHTTPServer):
    """Knows one person, `claims`; answers the token request of whoever proves the challenge."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict = {}
        self.challenge = ""

    def document(self, path: str) -> dict:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/me",
                "jwks_uri": f"{self.address}/keys",
            }
        if path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}
        return {"sub": "abc", **self.claims}

    def token(self, sent: dict) -> dict:
        proof = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        assert base64.urlsafe_b64encode(proof).decode().rstrip("=") == self.challenge
        now = int(time.time())
        about = {"iss": self.address, "aud": "bank", "iat": now, "exp": now + 60, "sub": "abc"}
        signed = jwt.encode({**about, **self.claims}, self.key, "RS256", headers={"kid": "1"})
        return {"access_token": "t", "token_type": "Bearer", "id_token": signed}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self):
        self.answer(self.server.document(self.path))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(self.server.token(parse_qs(body)))

    def answer(self, document: dict):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *arguments):
        """Nothing on the console."""


@pytest.fixture
def provider(db, settings):
    cache.clear()
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.OIDC_SERVER = server.address
    settings.OIDC_NAME = "Acme"
    app = {
        "provider_id": "company",
        "name": "Acme",
        "client_id": "bank",
        "secret": "s",
        "settings": {"server_url": server.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield server
    server.shutdown()
    server.server_close()


def arrive(provider, browser, **claims):
    """Press the button, be somebody there, come back."""
    there = urlsplit(browser.post(START)["Location"])
    asked = parse_qs(there.query)
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{provider.address}/authorize"
    assert asked["code_challenge_method"] == ["S256"]
    provider.challenge = asked["code_challenge"][0]
    provider.claims = claims
    return browser.get(DONE, {"code": "c", "state": asked["state"][0]})


def is_signed_in(browser) -> bool:
    return browser.get(reverse("account")).status_code == 200


def test_the_button_leads_to_the_provider_and_the_browser_may_follow(provider):
    response = Client().get(reverse("account_login"))

    assert "Sign in with Acme" in response.content.decode()
    assert f"form-action 'self' {provider.address}" in response["Content-Security-Policy"]


def test_without_a_provider_there_is_no_button(db):
    response = Client().get(reverse("account_login"))

    assert "Sign in with" not in response.content.decode()
    assert "form-action 'self';" in response["Content-Security-Policy"] + ";"
    assert Client().post(START).status_code == 404


def test_a_colleague_is_found_by_the_e_mail_that_the_company_vouches_for(provider, people):
    for _ in range(2):  # the second time by the connection that the first one made
        browser = Client()
        email = people.interviewer.email.upper()
        response = arrive(provider, browser, email=email, email_verified=True)

        assert response["Location"] == "/"
        assert browser.session["_auth_user_id"] == str(people.interviewer.pk)


@pytest.mark.parametrize("verified", [False, None])
def test_an_e_mail_that_nobody_vouches_for_opens_nothing(provider, people, verified):
    claims = {"email": people.interviewer.email}
    if verified is not None:
        claims["email_verified"] = verified
    browser = Client()
    response = arrive(provider, browser, **claims)

    assert response.status_code == 403
    assert not is_signed_in(browser)


def test_somebody_unknown_gets_no_account(provider, people):
    browser, count = Client(), User.objects.count()
    response = arrive(provider, browser, email="new@example.com", email_verified=True)

    assert response.status_code == 403
    assert "Ask an administrator to invite new@example.com." in response.content.decode()
    assert (User.objects.count(), is_signed_in(browser)) == (count, False)


def test_the_deactivated_stay_outside(provider, people):
    deactivate_person(person=people.interviewer, by=people.administrator)
    browser = Client()
    arrive(provider, browser, email=people.interviewer.email, email_verified=True)

    assert not is_signed_in(browser)


def test_an_answer_to_a_question_that_was_not_asked_is_none(provider, people):
    browser = Client()
    browser.post(START)
    response = browser.get(DONE, {"code": "c", "state": "forged"})

    assert response.status_code == 401
    assert "The sign-in at your company did not work." in response.content.decode()
    assert not is_signed_in(browser)


def test_a_token_of_another_site_is_none(provider, people, monkeypatch):
    browser = Client()
    provider.token = lambda sent: {"access_token": "t", "token_type": "Bearer", "id_token": "x.y.z"}
    response = arrive(provider, browser, email=people.interviewer.email, email_verified=True)

    assert response.status_code == 401
    assert not is_signed_in(browser)

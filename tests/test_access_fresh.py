"""What asks for the password or the second factor again, from a list written by hand."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from interviewbank.access.policy import RULES
from tests import sessions

FRESH = {
    "mfa_activate_totp": [],
    "mfa_deactivate_totp": [],
    "mfa_view_recovery_codes": [],
    "mfa_generate_recovery_codes": [],
    "mfa_add_webauthn": [],
    "mfa_remove_webauthn": [1],
    "person_invite": [],
    "person_grant": [uuid4()],
    "person_revoke": [uuid4()],
    "person_reactivate": [uuid4()],
    "candidate_erase": [uuid4()],
    "opening_member_add": [uuid4()],
    "application_export": ["csv"],
    "decision_packet_file": [uuid4()],
    "decision_packet_json": [uuid4()],
}


def test_these_and_no_others():
    assert {name for name, rule in RULES.items() if rule.fresh} == set(FRESH)


@pytest.mark.parametrize("name", FRESH)
def test_it_asks_before_anything_is_done(people, name):
    client = Client()
    sessions.sign_in(client, people.administrator, confirmed=False)
    method = "GET" if "GET" in RULES[name].methods else "POST"
    answer = client.generic(method, reverse(name, args=FRESH[name]))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))

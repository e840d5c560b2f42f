"""python -m tests.torture.world CARDS DEVICES: people with an unopened scorecard each, as JSON.

Migrates first. Each card is opened on so many devices, which are sessions of one person.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from tests import build, sessions  # noqa: E402


def cookie(person) -> str:
    client = Client()
    sessions.sign_in(client, person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@transaction.atomic
def cards(count: int, devices: int) -> list[dict]:
    area = build.area("production")
    asked = [build.question(slug, in_area=area) for slug in ("shipped", "outage", "price")]
    opening = build.opening(build.question_set(*asked, name="Deep dive"), areas=[area])
    application = build.application(opening)
    made = []
    for _ in range(count):
        person = build.user()
        card = build.interview(application, person).scorecard
        made.append(
            {
                "card": str(card.pk),
                "questions": [str(question.pk) for question in asked],
                "sessions": [cookie(person) for _ in range(devices)],
            }
        )
    return made


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    json.dump(cards(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)

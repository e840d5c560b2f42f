"""The settings that would make a server unsafe."""

from collections.abc import Iterator

from django.conf import settings

# OWASP asks for 256 bits of a session secret; 50 characters of base 64 are 300.
SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 10
# Beginnings of keys that anybody can read: Django's own for development, and placeholders.
KNOWN_SECRETS = ("django-insecure", "changeme", "change-me", "secret", "insecure", "example")


def configuration_faults() -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on: error pages would show settings and data. Switch it off."
    secret = settings.SECRET_KEY
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS:
        yield (
            "INTERVIEWBANK_SECRET_KEY is too short or too plain: "
            f"it needs {SHORTEST_SECRET} random characters."
        )
    elif secret.lower().startswith(KNOWN_SECRETS):
        yield "INTERVIEWBANK_SECRET_KEY is a known one. Make a random text of your own."
    for host in settings.ALLOWED_HOSTS:
        if host.startswith((".", "*")):
            yield f"INTERVIEWBANK_HOSTS holds the wildcard “{host}”. Name each host."
    if not settings.SITE_ADDRESS.startswith("https://"):
        yield (
            f"INTERVIEWBANK_SITE is “{settings.SITE_ADDRESS}”. It must begin with https://, or "
            "passwords and scorecards travel in the clear."
        )

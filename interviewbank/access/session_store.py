"""Sessions in the database, by keys that can be keys."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str) -> bool:
        """A cookie can spell any character, and the database refuses some with an error."""
        usual = super()._validate_session_key(key)  # type: ignore[misc]  # unknown to the stubs
        return usual and key.isascii() and key.isalnum()

"""Servers that confirm what they may still lose. The torture has to find them out.

Each is the product with one fault. Nothing of the product imports this.
"""

import time

from django.core import signals
from django.db import close_old_connections, transaction

from interviewbank.wsgi import application as product
from scorecards.workflow import scoring

LATER = 0.05  # seconds from the answer to the commit


class _AnswerFirst:
    def __init__(self, answer, block) -> None:
        self.answer, self.block = answer, block

    def __iter__(self):
        return iter(self.answer)

    def close(self) -> None:
        self.answer.close()
        time.sleep(LATER)
        self.block.__exit__(None, None, None)


def before_commit(environ, start_response):
    """The answer to a save leaves before the commit."""
    if not environ["PATH_INFO"].endswith("/ops/"):
        return product(environ, start_response)
    # Django would end the connection at both ends of the request, which is still in use here.
    for moment in (signals.request_started, signals.request_finished):
        moment.disconnect(close_old_connections)
    close_old_connections()
    block = transaction.atomic()
    block.__enter__()
    return _AnswerFirst(product(environ, start_response), block)


def before_the_disk(environ, start_response):
    """The commit of a save does not wait for the disk."""
    scoring._wait_for_the_disk = lambda: None
    return product(environ, start_response)

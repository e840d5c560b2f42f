"""The doors of the live client. JSON in and out; a refusal is {"error": code, "message": sentence}.

An answer leaves after the commit. What each status means stands in docs/live-scoring.md.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token

from interviewbank.access.fetch import fetch
from scorecards.forms.operations import MAX_BYTES, Malformed, TooLarge, read_ops, read_submit
from scorecards.models import Scorecard
from scorecards.summaries.operations import card_state
from scorecards.workflow.fields import ScoringError
from scorecards.workflow.operations import save_ops, submit_by_op
from scorecards.workflow.scoring import AlreadySubmitted, Erased, NotOpenToYou, Outcome, Result

JSON = "application/json"
# 422 is what the person can mend, and the one with `fields`.
STATUS = {AlreadySubmitted: 409, NotOpenToYou: 409, Erased: 410}


def answers_json(view):
    """The one place that turns what was refused into a status."""

    @wraps(view)
    def answered(request, pk):
        try:
            return JsonResponse(view(request, pk))
        except Malformed as error:
            return _refusal(400, "malformed", str(error))
        except TooLarge as error:
            return _refusal(413, "too_large", str(error))
        except (Http404, Scorecard.DoesNotExist):
            return _refusal(404, "not_found", "There is no such scorecard for you.")
        except PermissionDenied:
            closed = NotOpenToYou()
            return _refusal(STATUS[NotOpenToYou], closed.code, str(closed))
        except ScoringError as error:
            more = {"fields": list(error.fields)} if error.fields else {}
            return _refusal(STATUS.get(type(error), 422), error.code, str(error), **more)

    return answered


def _refusal(status: int, code: str, message: str, **more) -> JsonResponse:
    return JsonResponse({"error": code, "message": message, **more}, status=status)


def _own_card(request, pk) -> Scorecard:
    card = fetch(request, Scorecard.objects.visible_to(request.user).with_interview(), pk=pk)
    if card.interview.application.candidate.erased_at is not None:
        raise Erased
    return card


def _body(request) -> bytes:
    """No more than fits is read, whatever the header says."""
    if request.content_type != JSON:
        raise Malformed(f"Send {JSON}.")
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and (len(length) > 9 or int(length) > MAX_BYTES):
        raise TooLarge
    try:
        raw = request.read(MAX_BYTES + 1)
    except UnreadablePostError as error:
        raise Malformed("The request broke off.") from error
    if len(raw) > MAX_BYTES:
        raise TooLarge
    return raw


@answers_json
def scorecard_state(request, pk):
    """`csrf` is for a page whose token went stale: it asks here once, and sends again."""
    state = card_state(_own_card(request, pk))
    return {**state, "user": request.user.pk, "csrf": get_token(request)}


@answers_json
def scorecard_ops(request, pk):
    try:
        batch = read_ops(_body(request))
        saved = save_ops(pk=pk, by=request.user, device=batch.device, ops=batch.ops)
    except (Malformed, TooLarge, ScoringError, Scorecard.DoesNotExist):
        # Only what is refused is looked up twice: whose it is comes before what is wrong with it.
        _own_card(request, pk)
        raise
    results = [
        {"op": one.op, **_in_json(result)}
        for one, result in zip(batch.ops, saved.results, strict=True)
    ]
    return {"v": 1, "revision": saved.revision, "results": results}


def _in_json(result: Result) -> dict:
    shown = {"outcome": result.outcome, "rev": result.rev}
    if result.outcome is Outcome.CONFLICT:
        shown["current"] = result.current
    if result.outcome is Outcome.REJECTED:
        shown |= {"code": result.code, "message": result.message}
    return shown


@answers_json
def scorecard_submit_op(request, pk):
    """The other half of scorecard_submit: what comes as JSON."""
    card = _own_card(request, pk)
    sent = read_submit(_body(request))
    card = submit_by_op(
        scorecard=card,
        by=request.user,
        op=sent.op,
        device=sent.device,
        expected=sent.expected,
        unworded_ok=sent.unworded_ok,
        pledge=sent.pledge,
    )
    return {
        "v": 1,
        "op": sent.op,
        "revision": card.revision,
        "state": "submitted",
        "submitted_at": card.submitted_at,
    }

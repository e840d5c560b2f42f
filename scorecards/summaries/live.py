"""What the live page's script needs to know; the rest is in the markup."""

from interviewbank.access.models import User

from .operations import answers
from .scoring import Sheet


def live_data(sheet: Sheet, user: User) -> dict:
    interview = sheet.card.interview
    return {
        "card": str(sheet.card.pk),
        "user": str(user.pk),
        "zone": user.time_zone,
        "saved_at": sheet.card.saved_at,
        "heading": f"{interview.application.candidate}, {interview.round}",
        "answers": answers(sheet),
        "questions": [
            {
                "slug": asked.slug,
                "version": str(asked.version.pk),
                "number": asked.number,
                "title": asked.version.title,
            }
            for asked in sheet.questions
        ],
    }

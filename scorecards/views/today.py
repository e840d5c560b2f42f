"""What waits for whoever is signed in."""

from django.shortcuts import render
from django.utils import timezone

from scorecards.summaries import today as summary


def today(request):
    context = {"today": summary.today(request.user, timezone.now())}
    return render(request, "scorecards/today.html", context)

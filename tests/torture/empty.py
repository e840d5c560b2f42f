from django.http import JsonResponse
from django.urls import path

from interviewbank.access.policy import RULES, SIGNED_IN, WRITE, Rule
from interviewbank.urls import handler500, urlpatterns

__all__ = ["handler500"]


def empty(request):
    return JsonResponse({})


RULES["empty"] = Rule(WRITE, SIGNED_IN)
urlpatterns = [*urlpatterns, path("empty/", empty, name="empty")]

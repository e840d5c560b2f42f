"""Wiring: every URL of the product. Each has a name, and a rule in access/policy.py."""

from django.urls import include, path

handler500 = "interviewbank.errors.server_error"

urlpatterns = [
    path("", include("interviewbank.access.urls")),
    path("", include("roles.urls")),
    path("", include("scorecards.urls")),
]

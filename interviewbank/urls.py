"""Wiring: every URL of the product. Each has a name, and a rule in access/policy.py."""

from django.urls import include, path

handler400 = "interviewbank.errors.bad_request"
handler403 = "interviewbank.errors.forbidden"
handler404 = "interviewbank.errors.not_found"
# django-allauth's, for too many tries.
handler429 = "interviewbank.errors.too_many"
handler500 = "interviewbank.errors.server_error"

urlpatterns = [
    path("", include("interviewbank.access.urls")),
    path("", include("roles.urls")),
    path("", include("scorecards.urls")),
]

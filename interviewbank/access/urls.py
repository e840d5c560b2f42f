"""Sign-in, account and people. Of django-allauth only the URLs in use are here, by name."""

from allauth.account import views as allauth
from django.urls import path, re_path

from . import views

urlpatterns = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("account/", views.account, name="account"),
    path("account/sessions/end/", views.session_end, name="session_end"),
    # people/
    path("people/", views.person_list, name="person_list"),
    path("people/invite/", views.person_invite, name="person_invite"),
    path("people/<uuid:pk>/", views.person_detail, name="person_detail"),
    path("people/<uuid:pk>/grant/", views.person_grant, name="person_grant"),
    path("people/<uuid:pk>/revoke/", views.person_revoke, name="person_revoke"),
    path("people/<uuid:pk>/deactivate/", views.person_deactivate, name="person_deactivate"),
    path("people/<uuid:pk>/reactivate/", views.person_reactivate, name="person_reactivate"),
    path("people/<uuid:pk>/send-link/", views.person_send_link, name="person_send_link"),
]

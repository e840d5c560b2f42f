"""One's own account, and the people of the house. Who reaches what is in policy.py."""

from allauth.account import views as allauth
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from . import workflow
from .company import origin
from .devices import sessions_of
from .fetch import fetch
from .forms import AccountForm, EndSessionForm, GrantForm, InviteForm
from .mail import MailFailed
from .models import Grant, User
from .permissions import can_deactivate, can_manage_people
from .summaries import grant_lines


def posted(request):
    return request.POST if request.method == "POST" else None


def sign_in(request):
    """allauth's page. With a company's provider its button leads there, and the browser is told
    that it may."""
    company = settings.OIDC_NAME if origin() else ""
    page = allauth.LoginView.as_view(extra_context={"company": company})
    return csp_update({"form-action": [origin()]} if origin() else {})(page)(request)


def fetch_person(request, pk):
    return fetch(request, User.objects.visible_to(request.user), pk=pk)


def account(request):
    # A row of its own: a form with errors leaves its values on the instance.
    person = fetch_person(request, request.user.pk)
    form = AccountForm(posted(request), instance=person)
    if form.is_valid():
        workflow.change_account(user=person, fields=form.changed_data)
        messages.success(request, "Your account is saved.")
        return redirect("account")
    return account_page(request, person, form)


def account_page(request, person, form, *, failed=None):
    """`failed` is the form that could not end a session."""
    context = {
        "form": form,
        "failed": failed,
        "lines": grant_lines(person),
        "sessions": own_sessions(request),
    }
    status = 422 if form.errors or failed else 200
    return render(request, "access/account.html", context, status=status)


def own_sessions(request):
    return sessions_of(
        request.user,
        current_key=request.session.session_key,
        user_agent=request.headers.get("User-Agent", ""),
    )


def session_end(request):
    sessions = own_sessions(request)
    form = EndSessionForm(request.POST, sessions=sessions)
    if not form.is_valid():
        person = fetch_person(request, request.user.pk)
        return account_page(request, person, AccountForm(instance=person), failed=form)
    which = form.cleaned_data["which"]
    if which == form.OTHERS:
        workflow.end_other_sessions(user=request.user, current_key=request.session.session_key)
        messages.success(request, "You are signed out everywhere else.")
    else:
        record = next(one.record for one in sessions if one.record and str(one.record.pk) == which)
        workflow.end_session(user=request.user, record=record)
        messages.success(request, "That browser is signed out.")
    return redirect("account")


# people/


def person_list(request):
    people = User.objects.visible_to(request.user).prefetch_related("grants")
    return render(request, "access/person_list.html", {"people": people})


def person_invite(request):
    form = InviteForm(posted(request), initial={"time_zone": request.user.time_zone})
    if form.is_valid():
        try:
            person = workflow.invite_person(
                by=request.user, root_url=request.build_absolute_uri("/"), **form.cleaned_data
            )
        except workflow.EmailTaken as error:
            form.add_error("email", str(error))
        except MailFailed as error:
            messages.warning(request, f"{error.person} is invited. {error}")
            return redirect("person_detail", pk=error.person.pk)
        else:
            messages.success(request, f"{person} is invited. The link went to {person.email}.")
            return redirect("person_detail", pk=person.pk)
    return render(
        request, "access/person_invite.html", {"form": form}, status=422 if form.errors else 200
    )


def person_detail(request, pk):
    return person_page(request, fetch_person(request, pk))


def person_page(request, person, form=None):
    context = {
        "person": person,
        "lines": grant_lines(person),
        "may_deactivate": can_deactivate(request.user, person),
        "form": form,
    }
    return render(request, "access/person_detail.html", context, status=422 if form else 200)


def person_grant(request, pk):
    person = fetch_person(request, pk)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return person_page(request, person, form)
    kind = Grant.Kind(form.cleaned_data["kind"])
    try:
        workflow.add_grant(person=person, kind=kind, by=request.user)
    except workflow.AccessError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person} now holds the grant “{kind.label}”.")
    return redirect("person_detail", pk=pk)


def person_revoke(request, pk):
    person = fetch_person(request, pk)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return person_page(request, person, form)
    kind = Grant.Kind(form.cleaned_data["kind"])
    try:
        workflow.remove_grant(person=person, kind=kind, by=request.user)
    except workflow.AccessError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person} no longer holds the grant “{kind.label}”.")
    if not can_manage_people(request.user):
        return redirect("account")
    return redirect("person_detail", pk=pk)


def person_send_link(request, pk):
    person = fetch_person(request, pk)
    try:
        workflow.send_link(person=person, by=request.user, root_url=request.build_absolute_uri("/"))
    except (workflow.AccessError, MailFailed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The link went to {person.email}.")
    return redirect("person_detail", pk=pk)


def person_deactivate(request, pk):
    person = fetch_person(request, pk)
    try:
        workflow.deactivate_person(person=person, by=request.user)
    except workflow.AccessError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person} is deactivated and signed out everywhere.")
    return redirect("person_detail", pk=pk)


def person_reactivate(request, pk):
    person = fetch_person(request, pk)
    try:
        workflow.reactivate_person(person=person, by=request.user)
    except workflow.AccessError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person} can sign in again.")
    return redirect("person_detail", pk=pk)

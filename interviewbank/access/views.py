"""To be written."""


def account(request, **kwargs):
    raise NotImplementedError


def person_list(request, **kwargs):
    raise NotImplementedError


def person_invite(request, **kwargs):
    raise NotImplementedError


def person_detail(request, **kwargs):
    raise NotImplementedError


def person_grant(request, **kwargs):
    raise NotImplementedError


def person_revoke(request, **kwargs):
    raise NotImplementedError


def person_deactivate(request, **kwargs):
    raise NotImplementedError


def person_reactivate(request, **kwargs):
    raise NotImplementedError


def person_send_link(request, **kwargs):
    raise NotImplementedError

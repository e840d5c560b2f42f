"""To be written."""


def question_list(request, **kwargs):
    raise NotImplementedError


def question_new(request, **kwargs):
    raise NotImplementedError


def question_detail(request, **kwargs):
    raise NotImplementedError


def question_version(request, **kwargs):
    raise NotImplementedError


def question_edit(request, **kwargs):
    raise NotImplementedError


def question_publish(request, **kwargs):
    raise NotImplementedError


def question_discard_draft(request, **kwargs):
    raise NotImplementedError

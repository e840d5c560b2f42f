"""To be written."""


def question_set_new(request, **kwargs):
    raise NotImplementedError


def question_set_edit(request, **kwargs):
    raise NotImplementedError


def question_set_publish(request, **kwargs):
    raise NotImplementedError


def question_set_copy(request, **kwargs):
    raise NotImplementedError


def question_set_discard_draft(request, **kwargs):
    raise NotImplementedError

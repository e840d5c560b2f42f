"""To be written."""


def question_set_list(request, **kwargs):
    raise NotImplementedError


def question_set_detail(request, **kwargs):
    raise NotImplementedError

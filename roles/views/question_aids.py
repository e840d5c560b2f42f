"""To be written."""


def question_compare(request, **kwargs):
    raise NotImplementedError


def question_preview(request, **kwargs):
    raise NotImplementedError


def question_autosave(request, **kwargs):
    raise NotImplementedError


def question_retire(request, **kwargs):
    raise NotImplementedError


def question_restore(request, **kwargs):
    raise NotImplementedError

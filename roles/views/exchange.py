"""To be written."""


def bank_export(request, **kwargs):
    raise NotImplementedError


def bank_import(request, **kwargs):
    raise NotImplementedError

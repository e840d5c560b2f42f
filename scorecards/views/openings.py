"""To be written."""



def opening_list(request, **kwargs):
    raise NotImplementedError


def opening_new(request, **kwargs):
    raise NotImplementedError


def opening_detail(request, **kwargs):
    raise NotImplementedError


def opening_settings(request, **kwargs):
    raise NotImplementedError


def opening_plan(request, **kwargs):
    raise NotImplementedError


def opening_member_add(request, **kwargs):
    raise NotImplementedError


def opening_member_remove(request, **kwargs):
    raise NotImplementedError

"""To be written."""



def role_new(request, **kwargs):
    raise NotImplementedError


def role_edit(request, **kwargs):
    raise NotImplementedError


def role_profile(request, **kwargs):
    raise NotImplementedError

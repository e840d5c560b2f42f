"""To be written."""



def role_list(request, **kwargs):
    raise NotImplementedError


def role_compare(request, **kwargs):
    raise NotImplementedError


def role_detail(request, **kwargs):
    raise NotImplementedError

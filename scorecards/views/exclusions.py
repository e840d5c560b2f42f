"""To be written."""



def exclusion_list(request, **kwargs):
    raise NotImplementedError


def exclusion_new(request, **kwargs):
    raise NotImplementedError

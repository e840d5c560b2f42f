"""To be written."""



def area_list(request, **kwargs):
    raise NotImplementedError


def area_new(request, **kwargs):
    raise NotImplementedError


def area_edit(request, **kwargs):
    raise NotImplementedError

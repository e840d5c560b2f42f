"""To be written."""



def role_finder(request, **kwargs):
    raise NotImplementedError

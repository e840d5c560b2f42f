"""To be written."""



def application_list(request, **kwargs):
    raise NotImplementedError


def application_review(request, **kwargs):
    raise NotImplementedError


def decision_new(request, **kwargs):
    raise NotImplementedError

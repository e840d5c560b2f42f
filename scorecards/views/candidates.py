"""To be written."""



def candidate_new(request, **kwargs):
    raise NotImplementedError


def application_detail(request, **kwargs):
    raise NotImplementedError


def interview_new(request, **kwargs):
    raise NotImplementedError


def interview_cancel(request, **kwargs):
    raise NotImplementedError

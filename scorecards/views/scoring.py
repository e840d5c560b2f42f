"""To be written."""



def today(request, **kwargs):
    raise NotImplementedError


def scorecard_live(request, **kwargs):
    raise NotImplementedError


def scorecard_submit(request, **kwargs):
    raise NotImplementedError


def submission_detail(request, **kwargs):
    raise NotImplementedError

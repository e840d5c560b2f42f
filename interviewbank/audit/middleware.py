import uuid

from .trail import request_id


class RequestIdMiddleware:
    """One random id a request: it ties the events of a request together and names it in errors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4()
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = str(request.id)
        return response

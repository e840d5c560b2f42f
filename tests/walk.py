"""Somebody who walks through the pages as a browser without JavaScript does."""

import re
from urllib.parse import urljoin

from django.test import Client
from django.urls import reverse

from tests import sessions
from tests.forms import filled_in
from tests.pages import masked


class Person:
    """Signed in; sends each form as its page holds it, with a few changes."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        sessions.sign_in(self.client, user)

    def see(self, at, /, *args, query="", status=200) -> str:
        response = self.client.get(reverse(at, args=args) + query)
        assert response.status_code == status, (at, response.status_code)
        return response.content.decode()

    def send(self, to, /, *args, query="", page=None, status=200, **changes) -> str:
        """The page that follows. `page` is where the form stands, when that is another URL."""
        url = reverse(to, args=args)
        shown = self.client.get((reverse(page, args=args) if page else url) + query)
        assert shown.status_code == 200, (to, shown.status_code)
        response = self.client.post(url + query, filled_in(shown, url, **changes), follow=True)
        assert response.status_code == status, (to, response.status_code)
        assert bool(response.redirect_chain) == (status == 200), to
        return response.content.decode()

    def crawl(self) -> dict[str, bytes]:
        """Every page that links lead to from Today, each of which must be there. Left out are those
        that know of no candidate; one of them has a clock on it."""
        pages, ahead = {}, ["/"]
        while ahead:
            elsewhere = ("/account/", "/roles/", "/sign-in/")
            if (url := ahead.pop()) in pages or url.startswith(elsewhere):
                continue
            if "/rehearse/" in url:  # of a made-up candidate, and it begins now
                continue
            response = self.client.get(url)
            assert response.status_code == 200, url
            pages[url] = masked(response)
            if not response["Content-Type"].startswith("text/html"):
                continue  # an export or a calendar: what it says counts, and it leads nowhere
            links = re.findall(r'<a [^>]*?href="([^"#]+)', response.content.decode())
            ahead += [urljoin(url, link.replace("&amp;", "&")) for link in links]
        return pages

"""What every answer has to tell the browser."""

from html.parser import HTMLParser

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Inline(HTMLParser):
    """What a strict policy refuses: scripts and styles that stand in the page."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        data = at.get("type") in ("application/json", "text/template")
        if tag == "style" or (tag == "script" and "src" not in at and not data):
            self.found.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {value}")


def check(response, where=""):
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in response["Content-Security-Policy"].split(";")
    )
    assert policy == POLICY, where
    assert {name: response.get(name) for name in OTHERS} == OTHERS, where
    assert "camera=()" in response["Permissions-Policy"], where
    file = "attachment" in response.get("Content-Disposition", "")
    if response["Content-Type"].startswith("text/html") and not file:
        assert Inline(response.getvalue().decode()).found == [], where


def no_store(response) -> bool:
    return {"no-store", "private"} <= set(response.get("Cache-Control", "").split(", "))

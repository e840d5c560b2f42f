"""Filling in a form as a browser would: every field with what the page put in."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: dict[str, list[str]] = {}
        self.select: str | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("method", "").lower() == "post" and (
                at.get("action", "").split("#")[0].split("?")[0] in ("", self.action)
            )
        name = at.get("name")
        if tag == "option" and self.select and "selected" in at:
            self.fields.setdefault(self.select, []).append(at.get("value", ""))
        if not self.inside or not name or name == "csrfmiddlewaretoken" or "disabled" in at:
            return
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.textarea = name
            self.fields[name] = [""]
        elif tag == "input":
            kind = at.get("type", "text")
            if kind in ("submit", "button") or (
                kind in ("checkbox", "radio") and "checked" not in at
            ):
                return
            self.fields.setdefault(name, []).append(
                at.get("value", "on" if kind == "checkbox" else "")
            )

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            if self.textarea:  # the first line break belongs to the markup
                text = self.fields[self.textarea][0]
                self.fields[self.textarea][0] = text.removeprefix("\n")
            self.textarea = None


def filled_in(response, action: str, **changes) -> dict[str, list[str]]:
    """The fields of the page's POST form to `action`, with these changes."""
    parser = _Fields(action)
    parser.feed(response.content.decode())
    return {**parser.fields, **changes}

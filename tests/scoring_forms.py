"""What a browser without JavaScript would send for the form on a page."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.text = ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.data[self.select] = [given["value"]]
        elif (
            tag == "input"
            and name
            and (given["type"] not in ("radio", "checkbox") or "checked" in given)
        ):
            self.data.setdefault(name, []).append(
                given.get("value", "on" if "checked" in given else "") or ""
            )

    def handle_endtag(self, tag):
        if tag == "textarea":
            # Browsers drop the first line break, and send all others as two characters.
            text = self.text.removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            self.data[self.area], self.area = [text], None

    def handle_data(self, data):
        if self.area is not None:
            self.text += data


def filled_in(response, **changes) -> dict[str, list[str]]:
    """The form as the page holds it, with these fields changed; None leaves a field out."""
    form = _Form()
    form.feed(response.content.decode())
    data = {
        **form.data,
        **{name: value if isinstance(value, list) else [value] for name, value in changes.items()},
    }
    return {name: value for name, value in data.items() if value != [None]}

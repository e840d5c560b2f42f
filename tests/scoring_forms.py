"""What a browser without JavaScript would send for the form on a page."""

from html.parser import HTMLParser

from scorecards.models import Answer
from scorecards.workflow.scoring import Change, save_fields


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.text = ""
        self.spare = False  # inside a <template>, which is part of no form

    def handle_starttag(self, tag, attrs):
        self.spare = self.spare or tag == "template"
        if self.spare:
            return
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
        if tag == "template":
            self.spare = False
        elif tag == "textarea" and not self.spare:
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


def live_page(client, card):
    """Asks for the page of a question; with data, what posting it answers."""

    def page(slug: str = "shipped", data=None):
        address = f"/scorecards/{card.pk}/?q={slug}"
        return client.get(address) if data is None else client.post(address, data)

    return page


def device_of(panel):
    """Another device of the interviewer, which changes fields of the first question."""

    def change(kind: str, value, base: int = 0):
        save_fields(
            scorecard=panel.mine.scorecard,
            by=panel.people.interviewer,
            changes=[Change(f"{kind}:{panel.questions[0].pk}", base, value)],
        )

    return change


def first_answer(panel) -> Answer:
    return Answer.objects.get(scorecard=panel.mine.scorecard, question_version=panel.questions[0])

"""Joins the style sheets into the one file that is served: python -m interviewbank.ui.join_css

One file, because a browser that reads Bootstrap alone may ask for its `data:` images, which the
content security policy refuses, before our sheet has replaced them.
"""

import re
from pathlib import Path

SOURCES = Path(__file__).parent / "css"
JOINED = Path(__file__).parents[1] / "static" / "ib" / "site.css"
PACKET = JOINED.with_name("packet.css")
ORDER = (
    "bootstrap-5.3.9.min.css",
    "tokens.css",
    "base.css",
    "skin.css",
    "shell.css",
    "primitives.css",
    "forms.css",
    "live.css",
    "room.css",
    "live-client.css",
    "submit.css",
    "committee.css",
    "debrief.css",
    "lists.css",
    "bank.css",
    "insights.css",
    "states.css",
    "charts.css",
    "tablet.css",
    "phone.css",
    "paper.css",
    "print.css",
)
# A packet is a file of its own, which holds its sheet: the few parts that it uses, no Bootstrap.
OF_THE_PACKET = (
    "tokens.css",
    "base.css",
    "primitives.css",
    "committee.css",
    "charts.css",
    "print.css",
    "packet/packet.css",
)
LONGEST_MINUTES = 120
MOST_PEOPLE = 12
DATA_IMAGE = re.compile(r'url\("data:[^"]*"\)')


def proportions() -> str:
    """The rules for widths and column counts that would otherwise need a style attribute."""
    rules = (("data-min", "--ib-min", LONGEST_MINUTES), ("data-people", "--ib-people", MOST_PEOPLE))
    return "".join(
        f'[{attribute}="{n}"] {{ {variable}: {n}; }}\n'
        for attribute, variable, most in rules
        for n in range(1, most + 1)
    )


def joined() -> str:
    sheets = ((SOURCES / name).read_text(encoding="utf-8") for name in ORDER)
    return DATA_IMAGE.sub("none", "\n".join(sheets)) + proportions()


def packet() -> str:
    return "\n".join((SOURCES / name).read_text(encoding="utf-8") for name in OF_THE_PACKET)


def main() -> None:
    for path, text in ((JOINED, joined()), (PACKET, packet())):
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()

"""How long the words of a question may be: the same for the editor and for the text form."""

import re

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 60

TITLE = 40
PROMPT = 2_000
ANCHOR = 1_000
LINE = 200
LINES = 12
TAG = 40
TAGS = 8
ITEM_ID = 60
NOTE = 1_000
PURPOSE = 1_000
ITEMS = 40

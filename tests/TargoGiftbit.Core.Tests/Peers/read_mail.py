"""Reads mail files with Python's own parser and prints what it found, as JSON."""
import email
import email.header
import email.policy
import email.utils
import hashlib
import json
import re
import sys


def lines(text):
    return text.replace("\r\n", "\n")


def unfold(value):
    return re.sub(r"\r?\n[ \t]", " ", value).strip()


def clear(value):
    """Text of a header whose bytes are UTF-8 as they stand (SMTPUTF8)."""
    return unfold(str(value).encode("utf-8", "surrogateescape").decode("utf-8"))


def person(header):
    # Not by the modern policy: before 3.13.2 it leaves a space between two encoded words of a name.
    named = email.utils.getaddresses([header]) if header else []
    return [{"name": str(email.header.make_header(email.header.decode_header(name))), "address": address} for name, address in named]


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    defects = [str(d) for part in mail.walk() for d in part.defects] + [f"{n}: {d}" for n in mail.keys() for v in mail.get_all(n) for d in v.defects]
    images = [{"id": p["Content-ID"].strip("<>"), "type": p.get_content_type(), "name": p.get_filename(), "hash": hashlib.sha256(p.get_payload(decode=True)).hexdigest()}
              for p in mail.walk() if p.get_content_maintype() == "image"]
    raws = {name.lower(): clear(value) for name, value in mail.raw_items()}
    return {
        "subject": str(mail["Subject"]), "from": person(raws["from"]), "to": person(raws["to"]), "replyTo": person(raws.get("reply-to")),
        "headers": raws,
        "text": lines(mail.get_body(("plain",)).get_content()), "html": lines(mail.get_body(("html",)).get_content()),
        "structure": [p.get_content_type() for p in mail.walk()], "images": images, "defects": defects,
    }


json.dump([read(path) for path in sys.stdin.read().splitlines()], sys.stdout)

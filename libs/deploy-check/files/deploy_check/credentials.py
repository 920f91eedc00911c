"""Credentials in any text. No value of one leaves this module."""

import base64
import json
import math
import re

from .forms_of_keys import DATABASE_URL, FORMS, MOST_SHOWN, PRIVATE_KEY

NAMED = re.compile(
    r"(?i)(?:^|[\s\"'\[{(,.])([\w-]{0,40}(?:secret|token|passw(?:or)?d|pwd|api_?key|api-key|private_?key|access_?key|auth_?key|account_?key|encryption_?key|authorization)[\w-]{0,20})(?:[\"']?\]?[ \t]{0,8}(?::[ \t]{0,8}str[ \t]{0,8})?[:=]|[\"'],)[ \t]{0,8}"
    r"(?:[\"'](?:(?:Bearer|Token) )?([^\"'\s]{20,200})[\"']|([^\"'\s,#]{20,200})[ \t]{0,8}(?:#.*)?$)",
    re.MULTILINE,
)

NOT_SECRET = re.compile(r"(?i)public|publishable|anon|hash|sha\d|md5|digest|checksum|_id$|url|uri|path|file|name|type|field|label|tokenizer|tokens$|key_?word")

PLACEHOLDER = re.compile(r"(?i)x{4}|\*{3}|\.{3}|…|changeme|change_me|example|placeholder|your|dummy|sample|replace|insert|redacted|fake|todo|secret_here|012345|123456|abcdef|(.)\1{5}")

WEAK_PASSWORDS = {"password", "passwd", "pass", "secret", "postgres", "root", "admin", "user", "test", "guest", "mysql", "redis", "mongo", "docker", "pwd", "hunter2", "mypassword", "dbpassword"}

LOCAL_HOST = re.compile(r"^(localhost|127\.|0\.0\.0\.0|[^.]+$)|(^|\.)(example\.(com|org|net)|test|local|localhost|internal|invalid)$")

CONFIG = re.compile(r"(^|/)(\.env[^/]*|[^/]*\.(toml|ya?ml|json|ini|cfg|conf|properties|env|sh|pem|key))$")

# What its author says of a key that anybody may have, in the line itself or the one above.
CALLED_PUBLIC = re.compile(r"(?i)(?:#|//)[^\n]{0,200}\bpubli\w{0,3}\s(?:\w+\s)?(?:api|key|token)")


def find_secrets(path, text):
    """(offset, subject) of each credential in a text."""
    for kind, mark, form in FORMS:
        for match in form.finditer(text) if mark in text else ():
            if not PLACEHOLDER.search(match[0]) and len(set(match[0])) >= 10:
                yield match.start(), f"{kind} ({mark[:MOST_SHOWN]}…)" if match[0].startswith(mark) else kind
    if "PRIVATE KEY-----" in text:
        for match in PRIVATE_KEY.finditer(text):
            if not PLACEHOLDER.search(match[1]) and len(set(match[1])) >= 12:
                yield match.start(), "a private key"
    if "://" in text:
        for match in DATABASE_URL.finditer(text):
            scheme, user, password, host = match.groups()
            word = re.sub(r"[\W\d_]", "", password).lower()
            if not (PLACEHOLDER.search(password) or PLACEHOLDER.search(host) or word in WEAK_PASSWORDS or password == user or LOCAL_HOST.search(host)):
                yield match.start(), f"a {scheme} URL with a password"
    # What a notebook shows is full of drawn values that are no secrets.
    for match in () if path.endswith(".ipynb") else NAMED.finditer(text):
        name, quoted, bare = match.groups()
        value = quoted or (bare if CONFIG.search(path) else "")
        if value and not NOT_SECRET.search(name) and not PLACEHOLDER.search(value) and is_random(value) and not is_called_public(text, match.start(1)):
            yield match.start(1), f"the value of “{name[:40]}”"
        elif value.startswith("eyJ") and claims(value).get("role") == "service_role":
            yield match.start(1), "a Supabase service key"


def is_called_public(text, offset):
    start = text.rfind("\n", 0, max(0, text.rfind("\n", 0, offset))) + 1
    end = text.find("\n", offset)
    return CALLED_PUBLIC.search(text[max(start, offset - 1000) : end if end >= 0 else len(text)][:2000]) is not None


def entropy(text):
    counts = [text.count(letter) for letter in set(text)]
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def is_random(value):
    """Whether a value was drawn, not written: a high bar, since a wrong answer stops a deployment."""
    if re.fullmatch(r"[0-9a-f]{32,128}|[0-9A-F]{32,128}", value):
        return entropy(value) >= 3.1
    if not re.fullmatch(r"[A-Za-z0-9+/_=-]{24,200}", value) or sum(c.isdigit() for c in value) < 3:
        return False
    sort = [0 if c.islower() else 1 if c.isupper() else 2 if c.isdigit() else 3 for c in value]
    changes = sum(a != b for a, b in zip(sort, sort[1:]))
    return {0, 1, 2} <= set(sort) and entropy(value) >= 4.0 and changes >= 0.4 * len(value)


def claims(token):
    """What a JSON Web Token says, or nothing."""
    part = token.split(".")[1:2]
    try:
        said = json.loads(base64.urlsafe_b64decode(part[0] + "=" * (-len(part[0]) % 4))) if part else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}

"""Makes the Debian packages of an environment visible where their programs look for them.

They are unpacked in a folder of the environment, not installed; but a program knows its data by one path, and apps know
programs by theirs (/usr/bin/tesseract). So links lead there from the root of the image, where the base has nothing.

The folder was written by a sandbox in which strangers' code ran, and this image's own Python runs as root when another
environment is stored upon it. So nothing is linked that could reach a program of the base: no shared library or place
where the loader or Python looks for more of itself, and of /etc only what belongs to programs that the base lacks.
"""

import json
import os
import re

PACKAGES = "/opt/env/apt"
LINKS = ".weir-links.json"
MOST_LINKS = 20_000
MERGED = {"bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64"}  # a link in any Debian since 12
PROGRAM = re.compile(r"(?!python|pybuilddir|pyvenv)[A-Za-z0-9][A-Za-z0-9+_-]*(\.(real|sh|bin|[0-9]+))*")
LOADED = re.compile(r"python.*|site-python|locale|gconv|glibc-hwcaps|tls|haswell|xeon_phi|avx512_1|x86_64|aarch64|sse2|[a-z0-9_]+-linux-gnu.*|.*\.(so|zip|pth).*")
READ_BY_PEOPLE = {"bug", "doc", "doc-base", "info", "lintian", "man"}
SETTINGS = re.compile(r"fonts|ImageMagick-\d+|odbc(inst)?\.ini|freetds|ghostscript|java-[\w-]+|R|chromium(\.d)?|libreoffice|papersize|wkhtmltopdf")


def is_visible(path):
    """Whether a path below the root may lead into the packages; `None`: only what is below it."""
    parts = path.split("/")
    if parts[:2] == ["usr", "share"]:
        return None if len(parts) == 2 else parts[2] not in READ_BY_PEOPLE
    if parts[:2] == ["usr", "bin"]:
        return None if len(parts) == 2 else len(parts) == 3 and PROGRAM.fullmatch(parts[2]) is not None
    if parts[:2] == ["usr", "lib"]:
        inside = parts[3:] if len(parts) > 2 and re.fullmatch(r"(x86_64|aarch64)-linux-gnu", parts[2]) else parts[2:]
        return None if not inside else LOADED.fullmatch(inside[0]) is None
    if parts[0] == "etc":
        return None if len(parts) == 1 else SETTINGS.fullmatch(parts[1]) is not None
    return None if parts == ["usr"] else False


def link_packages(goal, root="/"):
    """Takes away the links of the environment that was there before, and makes those of this one. @returns how many"""
    before = os.path.join(goal, LINKS)
    if os.path.isfile(before):
        with open(before, encoding="utf-8") as file:
            for path in json.load(file):
                unlink_own(os.path.join(root, path))
    made, waiting = [], [""]
    while waiting:
        folder = waiting.pop()
        inside = os.path.join(goal, "apt", folder).rstrip("/")
        for name in sorted(os.listdir(inside)) if os.path.isdir(inside) and not os.path.islink(inside) else ():
            path = os.path.join(folder, name)
            first, _, rest = path.partition("/")
            place = os.path.join(MERGED.get(first, first), rest).rstrip("/")
            visible, target = is_visible(place), os.path.join(root, place)
            if visible is False or len(made) >= MOST_LINKS:
                continue
            is_folder = os.path.isdir(os.path.join(inside, name)) and not os.path.islink(os.path.join(inside, name))
            if is_folder and os.path.isdir(target) and not os.path.islink(target):
                waiting.append(path)
            elif visible and not os.path.lexists(target) and (is_folder or not place.startswith("usr/lib/")):
                os.symlink(os.path.join(PACKAGES, path), target)
                made.append(place)
    with open(before, "w", encoding="utf-8") as file:
        json.dump(made, file)
    return len(made)


def unlink_own(path):
    if os.path.islink(path) and os.readlink(path).startswith(PACKAGES + "/"):
        os.unlink(path)

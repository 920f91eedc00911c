"""Reads the order and the files, applies the rules, writes what was found."""

import base64
import json
import sys
import time
import warnings

from .imports import foreign_imports
from .repository import Repository
from .rules import check_scripts
from .samples import check_secrets

MOST_BYTES = 64 * 2**20
MOST_FILE_BYTES = 1024 * 1024
MOST_SKIPPED = 100
MOST_SECONDS = 8.0


def read_order(stream):
    order, files, total = json.loads(stream.readline()), {}, 0
    skipped = []
    for line in stream:
        given = json.loads(line)
        source = base64.b64decode(given["source"])
        total += len(source)
        if len(source) > MOST_FILE_BYTES or total > MOST_BYTES:
            skipped.append({"path": given["path"], "why": "size"})
        else:
            files[given["path"]] = source
    return order, files, skipped


def where(error):
    """The last place of ours that an error passed."""
    trace = error.__traceback__
    while trace.tb_next and not isinstance(error, RecursionError):
        trace = trace.tb_next
    return f"{type(error).__name__} in line {trace.tb_lineno} of {trace.tb_frame.f_globals.get('__name__', '')}"


def main():
    warnings.simplefilter("ignore")
    order, files, skipped = read_order(sys.stdin.buffer)
    repository = Repository(order, files, time.monotonic() + MOST_SECONDS)
    repository.skipped += skipped
    check_secrets(repository)
    imports, broken = [], None
    try:
        repository.parse()
        reached = check_scripts(repository)
        imports = foreign_imports(repository, reached)
    except Exception as error:  # whatever a script does to the rules, the secrets that were found count
        broken = where(error)
    json.dump({"findings": list(repository.findings.values()), "imports": imports, "skipped": repository.skipped[:MOST_SKIPPED], "broken": broken}, sys.stdout)


main()

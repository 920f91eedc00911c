"""Which files are looked through for credentials: not those that are documents, tests or examples."""

import re

from .credentials import find_secrets

SAMPLE_FOLDER = re.compile(r"(^|/)(docs?|tests?|testing|__tests__|examples?|samples?|fixtures?|cassettes|templates?|node_modules|site-packages|\.?venv|\.git)/", re.IGNORECASE)
SAMPLE_NAME = re.compile(r"(^|/)(test_[^/]*|[^/]*_test\.py|conftest\.py|readme[^/]*|changelog[^/]*|[^/]*\.(md|rst|lock|example|sample|template|tmpl|dist|svg|csv|tsv)|[^/]*[.-](example|sample|template)\.[^/]*|package-lock\.json)$", re.IGNORECASE)


def is_sample(path, folder):
    """What looks like a key there is one to look at. An app that is itself an example, in `folder`, is not."""
    inside = path[len(folder) + 1 :] if folder and path.startswith(folder + "/") else path
    return SAMPLE_FOLDER.search(inside) is not None or SAMPLE_NAME.search(path) is not None


def check_secrets(repository):
    for path, source in repository.files.items():
        if b"\0" in source[:4096] or is_sample(path, repository.folder):
            continue
        if repository.late():
            return repository.skipped.append({"path": path, "why": "time"})
        text = source.decode("utf-8", "replace")
        lines = set()
        for offset, subject in find_secrets(path, text):
            line = text.count("\n", 0, offset) + 1
            if line not in lines:
                lines.add(line)
                repository.note("committed_credential", path, line, subject)

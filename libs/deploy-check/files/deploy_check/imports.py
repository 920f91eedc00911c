"""The modules that a repository imports from elsewhere."""

import os
import sys

from .repository import MOST_SUBJECT

MOST_IMPORTS = 3000


def standard_modules():
    if sys.version_info >= (3, 10):
        return set(sys.stdlib_module_names)
    return set(sys.builtin_module_names) | {name.split(".")[0] for name in os.listdir(os.path.dirname(os.__file__))} | {"_", "math", "array", "zlib", "select", "unicodedata"}


def foreign_imports(repository, reached):
    """Each once, with where it stands; `needed` if a reached file imports it whatever happens."""
    standard, found, inside = standard_modules(), {}, {}
    for path in repository.paths:
        parts = path.split("/") if path.endswith(".py") else []
        for at, part in enumerate(parts):
            inside.setdefault("/".join(parts[:at]), set()).add(part.replace(".py", ""))
    for path, module in repository.modules.items():
        local_here = set().union(*(inside.get(folder, ()) for folder in ("", repository.folder, path.rpartition("/")[0])))
        for name, line, needed in module.imports:
            top = name.split(".")[0]
            if not top or len(name) > MOST_SUBJECT or top in standard or top in local_here:
                continue
            entry = found.setdefault(name, {"module": name, "path": path, "line": line, "needed": False})
            if needed and path in reached and not entry["needed"]:
                entry.update(path=path, line=line, needed=True)
    return sorted(found.values(), key=lambda each: each["module"])[:MOST_IMPORTS]

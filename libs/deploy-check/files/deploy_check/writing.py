"""The rule `lost_write`: a file that must last lies where nothing does."""

import ast
import re

from .expressions import is_absent

TEMPORARY = re.compile(r"(?i)^/(tmp|dev|var/tmp|run)/|te?mp|cache|upload|download|output|export|\.(html|png|jpe?g|svg|pdf|wav|mp[34]|gif|zip)$")


# Files that are databases of their own, by what opens them.
STORES = {"shelve.open", "dbm.open", "tinydb.TinyDB"}
# Which argument is the path.
DUMPS = {"joblib.dump": 1, "torch.save": 1, "numpy.save": 0, "numpy.savez": 0, "numpy.savetxt": 0}
READERS = ("pandas.read_", "polars.read_", "os.path.exists", "os.path.isfile")
READ_DUMPS = ("joblib.load", "torch.load", "numpy.load", "numpy.loadtxt")
TABLES = ("to_csv", "to_excel", "to_parquet", "to_json", "to_pickle", "to_feather")


def check_writing(repository, module, call, paths):
    """`paths`: those that the app reads."""
    name = module.called(call)
    first = module.text(call.args[0]) if call.args else None
    if name == "sqlite3.connect" and first and not first.startswith(("/tmp", ":memory:", "file:")) and repository.writes_sql:
        return repository.found("lost_write", module, call, first)
    if name in ("sqlalchemy.create_engine", "sqlmodel.create_engine") and first and re.match(r"sqlite:///[\w.]", first) and repository.writes_sql:
        return repository.found("lost_write", module, call, first.replace("sqlite:///", ""))
    path = first if name in STORES else written(module, call, name, paths)
    if path and id(call) not in made_when_absent(module) and not TEMPORARY.search(path) and not path.startswith("/"):
        repository.found("lost_write", module, call, path)


def written(module, call, name, paths):
    """The path of what a call writes to be read again, or nothing."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    owner = module.text(call.func.value) if method else None
    at = lambda index: module.text(call.args[index]) if len(call.args) > index else None
    if name == "open" or (method == "open" and owner is not None):
        path, mode = (at(0), mode_of(module, call, 1)) if name == "open" else (owner, mode_of(module, call, 0))
        if not mode or not re.match(r"[wax]|r\+", mode):
            return None
        log = path and path.endswith(".log") and not isinstance(call.args[0], ast.Constant)  # of one run, in a folder of its own
        return path if (mode.startswith("a") and not log) or path in paths else None
    path = owner if method in ("write_text", "write_bytes") else at(0) if method in TABLES else at(DUMPS[name]) if name in DUMPS else None
    return path if path in paths else None


def mode_of(module, call, index):
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), call.args[index] if len(call.args) > index else None)
    return module.text(given) if given is not None else "r"


def made_when_absent(module):
    """What stands under `if not os.path.exists(…)`: it is made again where it was lost."""
    known = getattr(module, "made_when_absent", None)
    if known is None:
        known = module.made_when_absent = {id(inner) for node in module.nodes if isinstance(node, ast.If) and is_absent(node.test) for statement in node.body for inner in ast.walk(statement)}
    return known


def read_paths(modules):
    """The paths that the app reads, by what the source says of them."""
    found = set()
    for module in modules:
        for node in module.nodes:
            if not isinstance(node, ast.Call):
                continue
            name = module.called(node)
            if name == "open" and node.args and (mode_of(module, node, 1) or "").startswith("r"):
                found.add(module.text(node.args[0]))
            elif (name.startswith(READERS) or name in READ_DUMPS) and node.args:
                found.add(module.text(node.args[0]))
            elif isinstance(node.func, ast.Attribute) and (node.func.attr in ("read_text", "read_bytes", "exists", "is_file") or (node.func.attr == "open" and (mode_of(module, node, 0) or "").startswith("r"))):
                found.add(module.text(node.func.value))
    return found - {None}

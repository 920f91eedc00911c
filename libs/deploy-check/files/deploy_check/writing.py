"""The rule `lost_write`: a file that must last lies where nothing does."""

import ast
import re

from .expressions import is_absent

TEMPORARY = re.compile(r"(?i)^/(tmp|dev|var/tmp|run)/|te?mp|cache|upload|download|output|export|\.(html|png|jpe?g|svg|pdf|wav|mp[34]|gif|zip)$")


def check_writing(repository, module, call, paths):
    """`paths`: those that the app reads."""
    name, arguments = module.called(call), call.args
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    first = module.text(arguments[0]) if arguments else None
    if name == "sqlite3.connect" and first and not first.startswith(("/tmp", ":memory:", "file:")) and repository.writes_sql:
        return repository.found("lost_write", module, call, first)
    if name == "open":
        mode = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), arguments[1] if len(arguments) > 1 else None)
        mode = module.text(mode) if mode is not None else "r"
        if not mode or not re.match(r"[wax]|r\+", mode):
            return
        log = first and first.endswith(".log") and not isinstance(arguments[0], ast.Constant)  # of one run, in a folder of its own
        kept = (mode.startswith("a") and not log) or first in paths
    elif method in ("to_csv", "to_excel", "to_parquet", "to_json", "to_pickle", "to_feather"):
        kept = first in paths
    elif method in ("write_text", "write_bytes"):
        first = module.text(call.func.value)
        kept = first in paths
    else:
        return
    if id(call) in made_when_absent(module):
        return
    if first and kept and not TEMPORARY.search(first) and not first.startswith("/"):
        repository.found("lost_write", module, call, first)


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
            if name == "open":
                mode = module.text(node.args[1]) if len(node.args) > 1 else next((module.text(keyword.value) for keyword in node.keywords if keyword.arg == "mode"), "r")
                if mode and mode.startswith("r") and node.args:
                    found.add(module.text(node.args[0]))
            elif name.startswith(("pandas.read_", "polars.read_", "os.path.exists", "os.path.isfile")) and node.args:
                found.add(module.text(node.args[0]))
            elif isinstance(node.func, ast.Attribute) and node.func.attr in ("read_text", "read_bytes", "exists", "is_file"):
                found.add(module.text(node.func.value))
    return found - {None}

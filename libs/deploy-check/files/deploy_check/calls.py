"""What is wrong with one call that each rerun makes."""

import ast
import re

from .expressions import last_name, shown_name
from .libraries import CONNECTORS, LOADERS, MODELS, REQUESTS, SERVERS, STAYS_OPEN

SLEEP_SECONDS = 10
# Files that a query of DuckDB reads; what else it reads is in memory.
FILES = re.compile(r"(?i)\.(parquet|csv|json|ndjson)\b|\bread_(parquet|csv|json)\w*\(")
DOCUMENTS = re.compile(r"^(pymongo|motor)\b")
STATUS = re.compile(r"health|status|ping|alive|reachable|running|ready|available|connection")


def judge_call(repository, scope, call, managed, targets):
    """`managed`: by a `with`; `targets`: what its result is given to."""
    name = scope.module.called(call)
    if (name in LOADERS or MODELS.match(name)) and not scope.reads_given(call) and not must_be_fresh(repository, scope, name):
        repository.found("uncached_load", scope.module, call, shown_name(call))
    elif last_name(call.func) == "map" and call.args and scope.module.dotted(call.args[0]) in LOADERS and not scope.is_given(call):
        repository.found("uncached_load", scope.module, call, shown_name(ast.Call(func=call.args[0], args=[], keywords=[])))
    elif name in CONNECTORS and not is_closed(repository, scope, call, name, managed, targets):
        repository.found("connection_per_rerun", scope.module, call, shown_name(call))
    elif name in ("time.sleep", "asyncio.sleep") and call.args and (scope.module.number(call.args[0]) or 0) >= SLEEP_SECONDS:
        repository.found("long_sleep", scope.module, call, f"{scope.module.number(call.args[0]):g}")
    elif isinstance(call.func, ast.Attribute) and is_query(repository, scope.module, call):
        repository.found("uncached_load", scope.module, call, shown_name(call))
    elif isinstance(call.func, ast.Attribute) and call.func.attr == "getconn" and not any(isinstance(node, ast.Attribute) and node.attr == "putconn" for node in scope.module.nodes):
        repository.found("connection_per_rerun", scope.module, call, shown_name(call))


def must_be_fresh(repository, scope, name):
    """Whether a cache would be wrong: the app asks how another service is just now, or reads what it writes itself."""
    if ".read_sql" in name and repository.writes_sql:
        return True
    return name in REQUESTS and scope.function is not None and STATUS.search(scope.function.name) is not None


def is_closed(repository, scope, call, name, managed, targets):
    """Whether a connection is given back before the run ends, or leads to nothing but this run's memory."""
    module = scope.module
    if name in ("sqlite3.connect", "duckdb.connect") and (not call.args or module.text(call.args[0]) in (":memory:", "")):
        return True
    if managed and (name not in STAYS_OPEN):
        return True
    if any(isinstance(target, ast.Name) and target.id in module.closed for target in targets):
        return True
    for statement in scope.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and module.called(node) in ("contextlib.closing", "closing") and any(inner is call for inner in ast.walk(node)):
                return True
    return scope.function is not None and any(gives_back(scope.function.name, other) for other in repository.modules.values())


def gives_back(function, module):
    """Whether a module closes what it got from this function."""
    return bool(module.results.get(function, set()) & (module.closed | {"with"}))


def is_query(repository, module, call):
    """A query of a database server, or of files, that this repository only reads."""
    method = call.func.attr
    if method in ("find", "aggregate"):
        return not repository.writes_documents and asks_documents(module, call)
    if repository.writes_sql or not call.args or method not in ("execute", "sql", "query"):
        return False
    argument = call.args[0]
    if isinstance(argument, ast.Call) and argument.args:
        argument = argument.args[0]
    text = module.text(argument)
    if text is None or re.match(r"\s*(select|with|from)\s", text, re.IGNORECASE) is None:
        return False
    return (method != "query" and imports(module, SERVERS)) or (imports(module, re.compile("duckdb$")) and FILES.search(text) is not None)


def imports(module, names):
    return any(names.match(name) for name, _, _ in module.imports)


def asks_documents(module, call):
    """Of MongoDB: many classes have methods of these names, and only it is given such a query."""
    query = call.args[0] if call.args else None
    if isinstance(query, ast.List):
        query = query.elts[0] if query.elts else None
        return call.func.attr == "aggregate" and isinstance(query, ast.Dict) and all((module.text(key) or "").startswith("$") for key in query.keys if key is not None)
    return call.func.attr == "find" and isinstance(query, ast.Dict) and imports(module, DOCUMENTS)

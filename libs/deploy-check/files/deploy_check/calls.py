"""What is wrong with one call that each rerun makes."""

import ast
import re

from .expressions import shown_name
from .libraries import CONNECTORS, LOADERS, MODELS, REQUESTS, SERVERS, STAYS_OPEN

SLEEP_SECONDS = 10
STATUS = re.compile(r"health|status|ping|alive|reachable|running|ready|available|connection")


def judge_call(repository, scope, call, managed, targets):
    """`managed`: by a `with`; `targets`: what its result is given to."""
    name = scope.module.called(call)
    if (name in LOADERS or MODELS.match(name)) and not scope.reads_given(call) and not must_be_fresh(repository, scope, name):
        repository.found("uncached_load", scope.module, call, shown_name(call))
    elif name in CONNECTORS and not is_closed(repository, scope, call, name, managed, targets):
        repository.found("connection_per_rerun", scope.module, call, shown_name(call))
    elif name == "time.sleep" and call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, (int, float)) and call.args[0].value >= SLEEP_SECONDS:
        repository.found("long_sleep", scope.module, call, f"{call.args[0].value:g}")
    elif isinstance(call.func, ast.Attribute) and call.func.attr == "execute" and is_query(repository, scope.module, call):
        repository.found("uncached_load", scope.module, call, shown_name(call))


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
    """A query of a database server that this repository only reads."""
    if repository.writes_sql or not call.args or not any(SERVERS.match(name) for name, _, _ in module.imports):
        return False
    argument = call.args[0]
    if isinstance(argument, ast.Call) and argument.args:
        argument = argument.args[0]
    text = module.text(argument)
    return text is not None and re.match(r"\s*(select|with)\s", text, re.IGNORECASE) is not None

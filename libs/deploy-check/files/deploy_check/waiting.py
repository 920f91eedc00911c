"""The rule `no_timeout`: a request that waits for ever."""

import ast

from .expressions import shown_name
from .libraries import VERBS, WAITING


def check_waiting(repository, module, call):
    name = module.called(call)
    if any(keyword.arg is None or (keyword.arg == "timeout" and not is_none(keyword.value)) for keyword in call.keywords):
        return
    owner, _, verb = name.rpartition(".")
    if (owner == "requests" and verb in VERBS) or (name == "urllib.request.urlopen" and len(call.args) < 3) or (name in WAITING and call.args and len(call.args) < 3):
        repository.found("no_timeout", module, call, shown_name(call))


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None

"""The rule `state_reset`: what a session keeps is lost on its next run."""

import ast

from .expressions import owned, state_key
from .targets import pairs_of

CHANGES = ("append", "extend", "insert", "pop", "remove", "update", "add", "clear", "setdefault")


def check_resets(repository, runs, modules):
    """Of the first values that each run sets again, those whose change an event, or code beside the run, makes: the run makes its own changes anew."""
    resets = [reset for run in runs for reset in run.resets]
    anew = {id(target) for _, target, _ in resets}.union(*(run.passed for run in runs))
    changed, widgets, read, values = {}, set(), {}, {}
    for module in modules:
        for function, node in owned(module.tree):
            key = state_key(module, node)
            if key is not None:
                kind = changed if not isinstance(node.ctx, ast.Load) or id(node) in mutated(module) else read
                kind.setdefault(key, []).append((module.path, function, node))
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                values.update((id(target), ast.dump(value)) for target, value in pairs_of(node))
            if isinstance(node, ast.Call):
                widgets.update(module.text(keyword.value) or "" for keyword in node.keywords if keyword.arg == "key")
    for scope, target, key in resets:
        earlier = any(path == scope.module.path and function is scope.function and node.lineno < target.lineno for path, function, node in read.get(key, []))
        others = [node for _, _, node in changed.get(key, []) if id(node) not in anew and values.get(id(node)) != values[id(target)]]
        if others and not earlier and key not in widgets:
            repository.found("state_reset", scope.module, target, key)


def mutated(module):
    """The expressions whose value is changed in place: `x.append(…)`, `x["a"] = …`, `x += …`."""
    known = getattr(module, "mutated", None)
    if known is None:
        known = module.mutated = set()
        for node in module.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
                known.add(id(node.func.value))
            elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                known.add(id(node.value))
    return known

"""The rule `shared_user_data`: what belongs to one visitor is cached for all."""

import ast
import re

CACHED = re.compile(r"^streamlit\.(cache\w*|experimental_(memo|singleton))$")
PER_USER = ("streamlit.session_state", "streamlit.user", "streamlit.experimental_user", "streamlit.context", "streamlit.query_params", "streamlit.experimental_get_query_params")
OF_ONE = re.compile(r"user|session|cart|chat_history|conversation")


MOST_DEPTH = 3


def check_sharing(repository, module, function):
    if not any(CACHED.search(module.dotted(d.func if isinstance(d, ast.Call) else d)) for d in function.decorator_list):
        return
    for node in body_of(function):
        name = reads_of_one(repository, module, node, 0)
        if name is not None:
            return repository.found("shared_user_data", module, node, f"{function.name} reads {name.replace('streamlit.', 'st.')}")
    last = function.body[-1]
    takes = function.args.args or function.args.kwonlyargs or getattr(function.args, "posonlyargs", [])
    if module.decorator(function, "cache_resource") and not takes and OF_ONE.search(function.name) and isinstance(last, ast.Return) and isinstance(last.value, (ast.Dict, ast.List)):
        repository.found("shared_user_data", module, function, f"{function.name} returns one collection")


def body_of(function):
    return (node for statement in function.body for node in ast.walk(statement))


def reads_of_one(repository, module, node, depth):
    """What of one visitor an expression reads, itself or through the functions of the repository that it calls."""
    if isinstance(node, (ast.Attribute, ast.Name)):
        name = module.dotted(node)
        return name if name in PER_USER and isinstance(getattr(node, "ctx", None), ast.Load) else None
    if not isinstance(node, ast.Call) or depth >= MOST_DEPTH:
        return None
    other, function = (module, module.functions[node.func.id]) if isinstance(node.func, ast.Name) and node.func.id in module.functions else repository.function(module, module.called(node))
    if function is None or repository.late():
        return None
    return next((name for inner in body_of(function) for name in [reads_of_one(repository, other, inner, depth + 1)] if name is not None), None)

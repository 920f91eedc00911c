"""The rule `shared_user_data`: what belongs to one visitor is cached for all."""

import ast
import re

CACHED = re.compile(r"^streamlit\.(cache\w*|experimental_(memo|singleton))$")
PER_USER = ("streamlit.session_state", "streamlit.user", "streamlit.experimental_user", "streamlit.context", "streamlit.query_params", "streamlit.experimental_get_query_params")
OF_ONE = re.compile(r"user|session|cart|chat_history|conversation")


def check_sharing(repository, module, function):
    if not any(CACHED.search(module.dotted(d.func if isinstance(d, ast.Call) else d)) for d in function.decorator_list):
        return
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, (ast.Attribute, ast.Name)):
                name = module.dotted(node)
                if name in PER_USER and isinstance(getattr(node, "ctx", None), ast.Load):
                    return repository.found("shared_user_data", module, node, f"{function.name} reads {name.replace('streamlit.', 'st.')}")
    last = function.body[-1]
    takes = function.args.args or function.args.kwonlyargs or getattr(function.args, "posonlyargs", [])
    if module.decorator(function, "cache_resource") and not takes and OF_ONE.search(function.name) and isinstance(last, ast.Return) and isinstance(last.value, (ast.Dict, ast.List)):
        repository.found("shared_user_data", module, function, f"{function.name} returns one collection")

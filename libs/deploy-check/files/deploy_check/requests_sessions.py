"""Sessions of requests, whose methods wait for ever as those of the library itself do."""

import ast

from .expressions import last_name

KINDS = ("requests.Session", "requests.session")


def sessions(module):
    """What a name means that holds such a session and nothing else: `requests`, so that `session.get` is `requests.get`."""
    made, other = set(), set()
    for node in module.nodes:
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target in getattr(node, "targets", None) or [node.target]:
                (made if makes_session(module, node.value) else other).update(held(target))
                if isinstance(target, ast.Attribute) and target.attr == "request":
                    other.update(held(target.value))  # somebody gives all its requests a limit
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            (made if makes_session(module, node.context_expr) else other).update(held(node.optional_vars))
        elif isinstance(node, ast.arg):
            other.add(node.arg)
        elif isinstance(node, ast.Call) and last_name(node.func) == "mount" and not (len(node.args) > 1 and isinstance(node.args[1], ast.Call) and last_name(node.args[1].func) == "HTTPAdapter"):
            other.update(held(node.func.value) if isinstance(node.func, ast.Attribute) else ())
    return {name: "requests" for name in made - other}


def makes_session(module, value):
    return isinstance(value, ast.Call) and module.called(value) in KINDS


def held(target):
    """`x` for a name, `self.x` for an attribute of an object of the file's own."""
    if isinstance(target, ast.Name):
        return {target.id}
    return {f"self.{target.attr}"} if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self" else set()

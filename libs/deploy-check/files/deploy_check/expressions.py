"""Questions about an expression that its file alone answers."""

import ast


def named_function(name, value):
    """A lambda that has a name, as the function it is."""
    function = ast.FunctionDef(name=name, args=value.args, body=[ast.copy_location(ast.Return(value=value.body), value.body)], decorator_list=[])
    return ast.copy_location(function, value)


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def state_key(module, node):
    """`x` for `st.session_state.x` and `st.session_state["x"]`."""
    if isinstance(node, ast.Attribute) and module.dotted(node.value) == "streamlit.session_state":
        return node.attr
    if isinstance(node, ast.Subscript) and module.dotted(node.value) == "streamlit.session_state":
        index = getattr(node.slice, "value", node.slice) if type(node.slice).__name__ == "Index" else node.slice
        return index.value if isinstance(index, ast.Constant) and isinstance(index.value, str) else None
    return None


def names_in(node):
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}


def is_initial(node):
    """A value that says nothing yet: a constant, or an empty or constant collection."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return all(is_initial(item) for item in node.elts)
    if isinstance(node, ast.Dict):
        return all(key is not None and is_initial(key) for key in node.keys) and all(is_initial(value) for value in node.values)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("list", "dict", "set") and not node.args and not node.keywords


def is_main(test):
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def is_absent(test):
    """`if not os.path.exists(…)`: what is fetched then is fetched once."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(is_absent(value) for value in test.values)
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and is_present(test.operand)


def is_present(test):
    """`if os.path.exists(…)`: what is done otherwise, or after a return, is done once."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(is_present(value) for value in test.values)
    return isinstance(test, ast.Call) and last_name(test.func) in ("exists", "isfile", "is_file", "isdir", "is_dir")


def returns(body):
    """Whether a return is somewhere in these statements."""
    todo = list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Return):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            todo.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))
    return False


def stores_state(module, body):
    """Whether statements keep something in the session's state."""
    return any(isinstance(getattr(node, "ctx", None), ast.Store) and keeps_state(module, node) for statement in body for node in ast.walk(statement))


def keeps_state(module, node):
    return state_key(module, node) is not None or (isinstance(node, ast.Subscript) and module.dotted(node.value) == "streamlit.session_state")


def ends(module, body):
    last = body[-1] if body else None
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return module.called(last.value) in ("streamlit.stop", "streamlit.rerun", "streamlit.experimental_rerun", "streamlit.switch_page", "sys.exit", "exit")
    return isinstance(last, (ast.Return, ast.Raise, ast.Continue))


def shown_name(call):
    """A call as it is written, without its arguments."""
    node, after = call.func, ""
    while isinstance(node, (ast.Attribute, ast.Call)):
        node, after = (node.value, f".{node.attr}{after}") if isinstance(node, ast.Attribute) else (node.func, f"(){after}")
    return f"{node.id if isinstance(node, ast.Name) else '…'}{after}"[:80]


def owned(tree):
    """Every node with the function it is in."""
    todo = [(None, tree)]
    while todo:
        function, node = todo.pop()
        for child in ast.iter_child_nodes(node):
            yield function, child
            todo.append((child if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) else function, child))

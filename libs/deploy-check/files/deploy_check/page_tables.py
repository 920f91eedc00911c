"""The pages that a script names without calling them: in `st.Page`, in a table of its own, or given to a class of its own."""

import ast
import re

# Names of functions that draw the page of a module.
DRAW = ("app", "main", "write", "show", "render", "run", "page", "display")
REGISTERS = ("add_app", "add_page", "register_page")
# Tables of functions that are no pages: they run when a model, a click or a message asks for them.
OTHER_TABLES = re.compile(r"(?i)tool|func|handler|callback|command|action|agent|loader|parser|model|strateg|method|metric")


def pages_in(repository, module):
    """A call of each such page, with the module that it is made in."""
    for node in module.nodes:
        for value in pages_named(module, node):
            for function in (value, *(ast.Attribute(value=value, attr=name, ctx=ast.Load()) for name in DRAW)):
                if repository.function(module, module.dotted(function))[1] is not None or (isinstance(function, ast.Name) and function.id in module.functions):
                    yield module, ast.copy_location(ast.Call(func=function, args=[], keywords=[]), node)
                    break


def pages_named(module, node):
    if isinstance(node, ast.Call) and module.called(node) == "streamlit.Page":
        named = node.args[:1]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REGISTERS:
        named = [*node.args, *(keyword.value for keyword in node.keywords)]
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and not any(isinstance(target, ast.Name) and OTHER_TABLES.search(target.id) for target in node.targets):
        named = node.value.values
    else:
        named = []
    return [value for value in named if isinstance(value, (ast.Name, ast.Attribute))]

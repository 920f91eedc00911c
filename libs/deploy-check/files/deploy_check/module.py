"""One file, read: what its names mean, its functions, its constant strings."""

import ast
import re

from .expressions import last_name, named_function, names_in
from .libraries import STARRED
from .requests_sessions import sessions


LOCAL_CACHE = re.compile(r"functools\.(lru_)?cache$")
CACHES = re.compile(r"cache|memo|singleton", re.IGNORECASE)


class Module:
    """A parsed file: what its names mean, its functions, its constant strings."""

    def __init__(self, path, tree):
        self.path, self.tree = path, tree
        self.names, self.functions, self.classes, self.constants, self.imports = {}, {}, {}, {}, []
        self.closed, self.results = set(), {}
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions[node.name] = node
            elif isinstance(node, ast.ClassDef):
                own = {inner.name: inner for inner in node.body if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef))}
                inherited = (self.classes.get(last_name(base), {}) for base in reversed(node.bases))
                self.classes[node.name] = {name: method for methods in (*inherited, own) for name, method in methods.items()}
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self.learn(node.targets[0].id, node.value)
            elif isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
                self.learn(node.target.id, node.value)
        self.read(tree, needed=True)
        self.nodes = list(ast.walk(tree))
        self.names.update(sessions(self))

    def learn(self, name, value):
        self.constants[name] = value
        if isinstance(value, ast.Lambda):
            self.functions[name] = named_function(name, value)
        elif name in self.functions and isinstance(value, ast.Call) and CACHES.search(self.dotted(value.func)):
            del self.functions[name]  # `load = st.cache_data(load)`: the name means the cached one from now on

    def read(self, node, needed):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    self.names[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else alias.name.split(".")[0]
                    self.imports.append((alias.name, child.lineno, needed))
            elif isinstance(child, ast.ImportFrom):
                start = "." * child.level + (child.module or "")
                if child.module == "streamlit" and child.names[0].name == "*":
                    self.names.update((name, f"streamlit.{name}") for name in STARRED)
                for alias in child.names:
                    self.names[alias.asname or alias.name] = f"{start}{'' if start.endswith('.') or not start else '.'}{alias.name}"
                if child.level:
                    self.imports.extend((f"{start}{'' if start.endswith('.') else '.'}{alias.name}", child.lineno, needed) for alias in child.names)
                else:
                    self.imports.extend((f"{start}.{alias.name}", child.lineno, needed) for alias in child.names)
            elif isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr in ("close", "dispose", "disconnect") and isinstance(child.func.value, ast.Name):
                self.closed.add(child.func.value.id)
            elif isinstance(child, ast.Assign) and isinstance(child.value, ast.Call):
                for target in child.targets:
                    if isinstance(target, ast.Name):
                        self.results.setdefault(last_name(child.value.func), set()).add(target.id)
            elif isinstance(child, (ast.With, ast.AsyncWith)):
                for call in (node for item in child.items for node in ast.walk(item.context_expr) if isinstance(node, ast.Call)):
                    self.results.setdefault(last_name(call.func), set()).add("with")
            optional = isinstance(child, (ast.Try, ast.FunctionDef, ast.AsyncFunctionDef, ast.If))
            self.read(child, needed and not optional)

    def dotted(self, node):
        """What an expression names, by the library's own name: `pandas.read_csv` for `pd.read_csv`."""
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        if node.id == "self" and parts and f"self.{parts[-1]}" in self.names:
            return ".".join([self.names[f"self.{parts.pop()}"], *reversed(parts)])
        return ".".join([self.names.get(node.id, node.id), *reversed(parts)])

    def called(self, call):
        return self.dotted(call.func)

    def is_cached(self, function, anew):
        """`anew`: a script makes its functions anew on each run, and with them what only `functools` keeps for them."""
        names = [self.dotted(decorator.func if isinstance(decorator, ast.Call) else decorator) for decorator in function.decorator_list]
        return any(CACHES.search(name) and not (anew and LOCAL_CACHE.match(name)) for name in names)

    def decorator(self, function, name):
        for decorator in function.decorator_list:
            named = decorator.func if isinstance(decorator, ast.Call) else decorator
            if self.dotted(named).split(".")[-1].replace("experimental_", "") == name:
                return decorator
        return None

    def text(self, node, depth=0):
        """The string an expression is, as far as the source says it; folders made from `__file__` are left out."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if depth > 5:
            return None
        if isinstance(node, ast.Name):
            return self.text(self.constants[node.id], depth + 1) if node.id in self.constants else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            right, left = self.text(node.right, depth + 1), self.text(node.left, depth + 1)
            if left is None and any(re.search(r"te?mp|cache", name, re.IGNORECASE) for name in names_in(node.left)):
                left = "tmp"
            return right if left is None else right and f"{left}/{right}"
        if isinstance(node, ast.Call) and self.called(node) in ("pathlib.Path", "os.path.join", "str") and node.args:
            parts = [self.text(arg, depth + 1) for arg in node.args]
            return None if parts[-1] is None else "/".join(part for part in parts if part)
        return None

    def number(self, node):
        """The number an expression is, as far as the source says it: a constant, its name, or a product."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, (int, float)) and not isinstance(node.value, bool) else None
        if isinstance(node, ast.Name):
            value = self.constants.get(node.id)
            return self.number(value) if isinstance(value, ast.Constant) else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            left, right = (self.number(side) if isinstance(side, ast.Constant) else None for side in (node.left, node.right))
            return None if left is None or right is None else left * right
        return None

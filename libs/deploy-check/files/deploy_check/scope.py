"""What the names of one function, or of the script, stand for while it is followed."""

import ast
import re

from .expressions import last_name, named_function
from .libraries import EVENTS

# Parameters of these names hold what the caller has opened.
OPENED = re.compile(r"(?i)(^|_)(file(_?like|_?obj(ect)?)?|buf(fer)?|stream|upload\w*|fh|fp|bytes|data|content)$")


class Scope:
    def __init__(self, module, body, function=None, given=frozenset(), parameters=()):
        self.module, self.body, self.function, self.functions, self.parameters = module, body, function, {}, parameters
        self.given = set(given)  # hold what a visitor just gave: an upload, a click
        self.remembered = set()  # were worked out from the session's state
        self.instances = {}  # of classes of the repository: their module and methods

    def learn(self, targets, value):
        given, remembered = self.is_given(value), self.mentions_state(value)
        for target in targets:
            for name in (child.id for child in ast.walk(target) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)):
                (self.given.add if given else self.given.discard)(name)
                (self.remembered.add if remembered else self.remembered.discard)(name)

    def name_functions(self, targets, value):
        """A name that is given anew means its function no longer, unless it is given a lambda."""
        for target in targets:
            if isinstance(target, ast.Name):
                self.functions.pop(target.id, None)
                if isinstance(value, ast.Lambda):
                    self.functions[target.id] = named_function(target.id, value)

    def mentions_state(self, node):
        for child in ast.walk(node):
            if isinstance(child, ast.Name) and child.id in self.remembered:
                return True
            if isinstance(child, (ast.Name, ast.Attribute)) and self.module.dotted(child) == "streamlit.session_state":
                return True
        return False

    def is_given(self, node):
        for child in ast.walk(node):
            if isinstance(child, ast.Name) and child.id in self.given:
                return True
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute) and child.func.attr in EVENTS:
                return True
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and self.module.names.get(child.func.id, "").startswith("streamlit.") and child.func.id in EVENTS:
                return True
            if isinstance(child, ast.Call) and last_name(child.func) in ("BytesIO", "StringIO"):
                return True
            if isinstance(child, ast.Call) and last_name(child.func) == "Request" and (len(child.args) > 1 or any(keyword.arg == "data" for keyword in child.keywords)):
                return True  # it sends something: that is no load
        return False

    def reads_given(self, call):
        """Whether a load reads what a visitor just gave, or what someone else has opened."""
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Name) and first.id in self.parameters and OPENED.search(first.id):
            return True
        return any(self.is_given(arg) for arg in [*call.args, *(keyword.value for keyword in call.keywords)])

    def event(self, test):
        """Whether a test holds (`True`) or fails (`False`) just after a visitor's act; `None` if it is about something else."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self.event(test.operand)
            return None if inner is None else not inner
        if not self.is_given(test):
            return None
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
            told = [self.event(value) for value in test.values]
            return told[0] if len(set(told)) == 1 else (False if False in told else None)
        if isinstance(test, ast.BoolOp):
            told = [self.event(value) for value in test.values]
            return True if True in told else False
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Is, ast.Eq)) and isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value in (None, False, 0):
            return False
        return True

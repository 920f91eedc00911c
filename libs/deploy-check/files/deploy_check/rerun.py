"""What a rerun executes."""

import ast

from .calls import judge_call
from .expressions import ends, is_absent, is_initial, is_main, is_present, returns, shown_name, state_key, stores_state
from .libraries import SILENT
from .page_tables import pages_in
from .scope import Scope
from .targets import learn_instance, pairs_of, target, targets_of

MOST_DEPTH = 6
MOST_FOLLOWED = 2000


class Rerun:
    """Follows a script the way Streamlit runs it: from the top, on each interaction, into the functions it calls."""

    def __init__(self, repository, script):
        self.repository, self.script = repository, script
        self.followed, self.shown, self.resets, self.passed = set(), None, [], set()

    def follow(self):
        self.block(Scope(self.script, self.script.tree.body), self.script.tree.body, conditional=False, depth=0)
        for module, call in pages_in(self.repository, self.script):
            self.enter(Scope(module, []), call, True, 0)

    def block(self, scope, statements, conditional, depth):
        """Follows statements until the rest runs only after an event. @returns whether the block ends what it is in"""
        for statement in statements:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                scope.functions[statement.name] = statement
            elif isinstance(statement, ast.ClassDef):
                self.block(scope, [inner for inner in statement.body if not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef))], conditional, depth)
            elif isinstance(statement, ast.If):
                if self.branch(scope, statement, conditional, depth):
                    return True
                if ends(scope.module, statement.body) and not is_main(statement.test):
                    conditional = True  # what follows is not always reached
            elif isinstance(statement, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
                self.expressions(scope, statement, conditional, depth)
                return True
            elif self.plain(scope, statement, conditional, depth):
                return True
        return False

    def plain(self, scope, statement, conditional, depth):
        """@returns whether everything after it runs only after an event"""
        self.expressions(scope, statement, conditional, depth)
        if isinstance(statement, (ast.For, ast.AsyncFor)):
            scope.learn([statement.target], statement.iter)
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            for item in statement.items:
                if item.optional_vars is not None:
                    scope.learn([item.optional_vars], item.context_expr)
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            scope.learn(targets_of(statement), statement.value)
            scope.name_functions(targets_of(statement), statement.value)
            learn_instance(self.repository, scope, statement)
            self.reset(scope, statement, conditional)
        loops = isinstance(statement, (ast.For, ast.AsyncFor, ast.While))
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list) and inner and isinstance(inner[0], ast.stmt):
                ended = self.block(scope, inner, conditional or loops or isinstance(statement, ast.Try), depth)
                if ended and isinstance(statement, (ast.With, ast.AsyncWith)):
                    return True
        # What handles an exception is not what each run does.
        for case in getattr(statement, "cases", []):
            self.block(scope, case.body, True, depth)
        return False

    def branch(self, scope, statement, conditional, depth):
        """@returns whether everything after it runs only after an event, or only once"""
        self.expressions(scope, statement.test, conditional, depth)
        if is_main(statement.test):
            self.block(scope, statement.body, conditional, depth)
            return False
        present = is_present(statement.test)
        event = False if present else True if is_absent(statement.test) else scope.event(statement.test)
        for wanted, body in ((True, statement.body), (False, statement.orelse)):
            if event != wanted and not (scope.mentions_state(statement.test) and stores_state(scope.module, body)):
                self.block(scope, body, True, depth)
        return returns(statement.body) if present else event is False and ends(scope.module, statement.body)

    def expressions(self, scope, statement, conditional, depth):
        """Judges the calls of a statement itself, not those of the blocks in it."""
        if isinstance(statement, ast.stmt):
            parts = [child for child in ast.iter_child_nodes(statement) if isinstance(child, (ast.expr, ast.withitem))]
        else:
            parts = [statement]
        for part in parts:
            self.expression(scope, part, conditional, depth, managed=isinstance(statement, (ast.With, ast.AsyncWith)), targets=targets_of(statement) if isinstance(statement, (ast.Assign, ast.AnnAssign)) else [])

    def expression(self, scope, node, conditional, depth, managed=False, targets=()):
        if isinstance(node, (ast.Lambda, ast.FunctionDef)):
            return
        self.passed.add(id(node))
        if isinstance(node, ast.IfExp):
            event = scope.event(node.test)
            self.expression(scope, node.test, conditional, depth)
            for wanted, part in ((True, node.body), (False, node.orelse)):
                if event != wanted:
                    self.expression(scope, part, True, depth, targets=targets)
            return
        if isinstance(node, ast.NamedExpr):
            scope.learn([node.target], node.value)
        at_once = [node.func.body] if isinstance(node, ast.Call) and isinstance(node.func, ast.Lambda) else []
        for child in (*ast.iter_child_nodes(node), *at_once):
            self.expression(scope, child, conditional, depth, managed, targets)
        if isinstance(node, ast.Call):
            judge_call(self.repository, scope, node, managed, targets)
            self.show(scope, node, conditional)
            self.enter(scope, node, conditional, depth)

    def show(self, scope, call, conditional):
        """Notes what the page shows first, and whether that is before its configuration."""
        name = scope.module.called(call)
        if conditional:
            return
        if name == "streamlit.set_page_config":
            if self.shown is not None:
                self.repository.found("page_config_order", scope.module, call, self.shown)
        elif name.startswith("streamlit.") and not SILENT.match(name) and self.shown is None:
            self.shown = f"{shown_name(call)} in line {call.lineno}"

    def enter(self, scope, call, conditional, depth):
        """Into a function of the repository, unless it is cached or runs by an event or a clock of its own."""
        module, function, instance = target(self.repository, scope, call)
        if function is None or depth >= MOST_DEPTH or module.is_cached(function, anew=module is self.script) or module.decorator(function, "dialog"):
            return
        fragment = module.decorator(function, "fragment")
        if isinstance(fragment, ast.Call) and any(keyword.arg == "run_every" for keyword in fragment.keywords):
            return
        parameters = [arg.arg for arg in [*getattr(function.args, "posonlyargs", []), *function.args.args]]
        given = {name for name, arg in zip(parameters[instance is not None :], call.args) if scope.is_given(arg)}
        given |= {keyword.arg for keyword in call.keywords if keyword.arg and scope.is_given(keyword.value)}
        key = (module.path, function.lineno, frozenset(given))
        if key not in self.followed and len(self.followed) < MOST_FOLLOWED and not self.repository.late():
            self.followed.add(key)
            inner = Scope(module, function.body, function, given, parameters)
            inner.functions.update(scope.functions)
            if instance is not None and parameters:
                inner.instances[parameters[0]] = instance
            self.block(inner, function.body, conditional, depth + 1)

    def reset(self, scope, statement, conditional):
        for target, value in () if conditional else pairs_of(statement):
            key = state_key(scope.module, target)
            if key is not None and is_initial(value):
                self.resets.append((scope, target, key))

"""All files of a repository: what they are to one another, and what was found in them."""

import ast
import time

from .module import Module

MOST_PARSED_BYTES = 8 * 2**20  # a tree takes a hundred times its source
MOST_FINDINGS = 200
MOST_SUBJECT = 200
MOST_HANDED_ON = 6


class Repository:
    def __init__(self, order, files, deadline):
        self.entry, self.framework, self.paths = order["entry"], order["framework"], set(order["paths"])
        self.files, self.deadline = files, deadline
        self.findings, self.skipped, self.modules = {}, [], {}
        self.folder = self.entry.rpartition("/")[0]
        self.writes_sql = self.writes_documents = False

    def found(self, rule, module, node, subject):
        self.note(rule, module.path, node.lineno, subject)

    def note(self, rule, path, line, subject):
        if len(self.findings) < MOST_FINDINGS:
            self.findings.setdefault((rule, path, line), {"rule": rule, "path": path, "line": line, "subject": " ".join(subject.split())[:MOST_SUBJECT]})

    def late(self):
        return time.monotonic() > self.deadline

    def parse(self):
        parsed = 0
        for path in sorted((path for path in self.files if path.endswith(".py")), key=self.distance):
            source = self.files[path]
            if self.late():
                return self.skipped.append({"path": path, "why": "time"})
            parsed += len(source)
            if parsed > MOST_PARSED_BYTES:
                self.skipped.append({"path": path, "why": "size"})
                continue
            try:
                self.modules[path] = Module(path, ast.parse(source, path))
            except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
                self.skipped.append({"path": path, "why": "syntax"})

    def distance(self, path):
        """Of a file from the entry file: the nearest are parsed first, should there be no time for all."""
        return (path != self.entry, not path.startswith(self.folder), path.count("/"))

    def locate(self, module, name):
        """The file of a module's name, as Python would find it for a script of this repository."""
        folders = [self.folder, "", module.path.rpartition("/")[0]]
        if name.startswith("."):
            level = len(name) - len(name.lstrip("."))
            parts = module.path.split("/")[: -level]
            folders, name = ["/".join(parts)], name.lstrip(".")
        for folder in folders:
            start = "/".join(part for part in (folder, name.replace(".", "/")) if part)
            for path in (f"{start}.py", f"{start}/__init__.py"):
                if path in self.paths:
                    return path
        return None

    def function(self, module, name):
        """The function that `package.module.function` means in a module, where this repository has it."""
        return self.defined(module, name, "functions")

    def methods(self, module, name):
        """The methods of the class that a name means in a module, by their names, where this repository has it."""
        if name in module.classes:
            return module, module.classes[name]
        return self.defined(module, name, "classes")

    def defined(self, module, name, kind, depth=0):
        owner, _, last = name.rpartition(".")
        if not last or (not owner and not name.startswith(".")):
            return module, None
        path = self.locate(module, owner) if owner.strip(".") else self.locate(module, owner + "__init__")
        other = self.modules.get(path or "")
        if other is None:
            return module, None
        if last in getattr(other, kind):
            return other, getattr(other, kind)[last]
        again = other.names.get(last)  # a package that hands on what another file of it has
        return self.defined(other, again, kind, depth + 1) if again and again.startswith(".") and depth < MOST_HANDED_ON else (module, None)

    def scripts(self):
        """What Streamlit runs: the entry file, its pages, and those it names."""
        pages = f"{self.folder}/pages/" if self.folder else "pages/"
        found = [path for path in self.modules if path == self.entry or (path.startswith(pages) and "/" not in path[len(pages) :])]
        for path in list(found):
            module = self.modules[path]
            for node in module.nodes:
                if isinstance(node, ast.Call) and module.called(node) == "streamlit.Page" and node.args:
                    text = module.text(node.args[0])
                    page = "/".join(part for part in (self.folder, text) if part) if text else None
                    if page in self.modules and page not in found:
                        found.append(page)
        return found

    def reached(self, scripts):
        """The files that the scripts import, and what those import."""
        todo, seen = list(scripts), set(scripts)
        while todo:
            module = self.modules[todo.pop()]
            for name, _, _ in module.imports:
                for candidate in (name, name.rpartition(".")[0]):
                    path = self.locate(module, candidate) if candidate.strip(".") else None
                    if path in self.modules and path not in seen:
                        seen.add(path)
                        todo.append(path)
        return seen

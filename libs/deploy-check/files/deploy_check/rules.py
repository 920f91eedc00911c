"""Applies each rule about code to the files that it holds for."""

import ast
import re

from .rerun import Rerun
from .resets import check_resets
from .sharing import check_sharing
from .waiting import check_waiting
from .writing import check_writing, read_paths

WRITES = re.compile(r"\s*(insert|update|delete|create|merge|replace|alter|drop)\s", re.IGNORECASE)

DOCUMENT_WRITES = re.compile(r"(insert|update|delete|replace)_(one|many)$|bulk_write$|find_one_and_")


def check_scripts(repository):
    """@returns the files that the scripts reach"""
    scripts = repository.scripts()
    reached = repository.reached(scripts)
    modules = [repository.modules[path] for path in sorted(reached)]
    repository.writes_sql = any(isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITES.match(node.value) for module in modules for node in module.nodes)
    repository.writes_documents = any(isinstance(node, ast.Attribute) and DOCUMENT_WRITES.match(node.attr) for module in modules for node in module.nodes)
    if repository.framework == "streamlit":
        check_reruns(repository, scripts, modules)
    paths = read_paths(modules)
    for module in modules:
        if repository.late():
            break
        for node in module.nodes:
            if isinstance(node, ast.Call):
                check_waiting(repository, module, node)
                check_writing(repository, module, node, paths)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and repository.framework == "streamlit":
                check_sharing(repository, module, node)
    return reached


def check_reruns(repository, scripts, modules):
    runs = []
    for path in scripts:
        if repository.late():
            return
        run = Rerun(repository, repository.modules[path])
        run.follow()
        runs.append(run)
    check_resets(repository, runs, modules)

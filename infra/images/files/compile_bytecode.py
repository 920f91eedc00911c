"""Compiles an environment's modules, reusing what an earlier environment compiled.

    python3 compile_bytecode.py SITE_PACKAGES CACHE

Packages are hard links into uv's cache, so a module's inode names its content: what was
compiled for it once is linked into this environment too. Tests are left out: nobody
imports them, and they are half of the work. Nothing is executed.
"""

import importlib._bootstrap_external as format_of
import os
import sys
import warnings

SKIPPED = {"tests", "test", "__pycache__", "node_modules"}
WORKERS = os.cpu_count() or 1


def modules(top):
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in SKIPPED]
        for name in names:
            if name.endswith(".py"):
                yield folder, name


def compile_one(folder, name, cache):
    path = os.path.join(folder, name)
    facts = os.lstat(path)
    target = os.path.join(folder, "__pycache__", "%s.%s.pyc" % (name[:-3], sys.implementation.cache_tag))
    if os.path.exists(target):
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    kept = os.path.join(cache, "%d-%d-%d-%s" % (facts.st_ino, facts.st_mtime_ns, facts.st_size, os.path.basename(target)[:150]))
    try:
        os.link(kept, target)
        return
    except FileNotFoundError:
        pass  # not compiled yet
    with open(path, "rb") as file:
        source = file.read()
    code = compile(source, path, "exec", dont_inherit=True)
    data = format_of._code_to_timestamp_pyc(code, int(facts.st_mtime), facts.st_size)
    draft = "%s.%d" % (kept, os.getpid())
    with open(draft, "wb") as file:
        file.write(data)
    os.link(draft, target)
    os.rename(draft, kept)


def work(share, cache):
    warnings.simplefilter("ignore")
    for folder, name in share:
        try:
            compile_one(folder, name, cache)
        except (SyntaxError, ValueError, RecursionError, OSError):
            continue  # a template or a module for another Python: it fails when somebody imports it, as it would anyway


def main():
    top, cache = sys.argv[1], os.path.join(sys.argv[2], sys.implementation.cache_tag)
    os.makedirs(cache, exist_ok=True)
    found = list(modules(top))
    children = []
    for number in range(WORKERS):
        child = os.fork()
        if child == 0:
            work(found[number::WORKERS], cache)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    print(len(found))


main()

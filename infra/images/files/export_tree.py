"""Writes one commit of a Git repository to standard output, nothing checked out.

    python3 export_tree.py REPOSITORY REVISION MAX_FILES MAX_BYTES

First a line of JSON about the commit, or {"error": ...}; then for each entry a line
of JSON {"mode", "path" (base64), "size"} followed by the blob's bytes. Submodules
have no bytes. The reader judges names and modes; here only counts and sizes are
watched, while the tree is still a stream: a small pack may hold millions of names.
"""

import base64
import json
import os
import subprocess
import sys

# No file system takes longer ones.
LONGEST_PATH = 4096
GIT = ["git", "-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]


def git(repository, *arguments):
    return subprocess.run([*GIT, "-C", repository, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def say(document):
    sys.stdout.buffer.write(json.dumps(document).encode() + b"\n")


def stop(code, detail=""):
    say({"error": code, "detail": detail[:500]})
    sys.stdout.buffer.flush()
    sys.exit(0)


def entries(repository, commit, max_files, max_bytes):
    total = 0
    found = []
    tree = subprocess.Popen([*GIT, "-C", repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit], stdout=subprocess.PIPE)
    rest = b""
    while True:
        chunk = tree.stdout.read(65536)
        if not chunk:
            break
        *records, rest = (rest + chunk).split(b"\0")
        for record in records:
            facts, path = record.split(b"\t", 1)
            mode, kind, name, size = facts.split()
            size = int(size) if kind == b"blob" else 0
            if len(path) > LONGEST_PATH:
                tree.kill()
                stop("bad_name")
            total += size
            found.append((mode.decode(), name, size, path))
            if len(found) > max_files:
                tree.kill()
                stop("too_many_files", str(max_files))
            if total > max_bytes:
                tree.kill()
                stop("too_large", str(max_bytes))
        if len(rest) > 1 << 20:
            tree.kill()
            stop("bad_name")
    if tree.wait() != 0:
        stop("unreadable")
    return found


def main():
    repository, revision, max_files, max_bytes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    head = git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    if head.returncode != 0:
        refs = git(repository, "for-each-ref", "--count=1", "refs/heads")
        stop("no_such_revision" if refs.stdout.strip() else "empty", revision)
    commit = head.stdout.decode().strip()
    about = git(repository, "log", "-1", "--format=%an%x00%B", commit)
    author, _, message = about.stdout.decode("utf-8", "replace").partition("\0")
    branch = git(repository, "symbolic-ref", "--quiet", "--short", "HEAD").stdout.decode("utf-8", "replace").strip()
    found = entries(repository, commit, max_files, max_bytes)
    say({"commit": commit, "author": author.strip()[:200], "message": message.strip()[:500], "head": branch, "files": len(found)})

    blobs = subprocess.Popen([*GIT, "-C", repository, "cat-file", "--batch", "--buffer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if os.fork() == 0:
        # Asking and reading at once: one process alone would wait for itself when both pipes are full.
        blobs.stdout.close()
        for mode, name, _, _ in found:
            if mode != "160000":
                blobs.stdin.write(name + b"\n")
        blobs.stdin.close()
        os._exit(0)
    blobs.stdin.close()
    out = sys.stdout.buffer
    for mode, _, size, path in found:
        say({"mode": mode, "path": base64.b64encode(path).decode(), "size": size})
        if mode == "160000":
            continue
        header = blobs.stdout.readline().split()
        if len(header) != 3 or int(header[2]) != size:
            sys.exit("cat-file answered out of step")
        left = size
        while left:
            data = blobs.stdout.read(min(left, 1 << 20))
            if not data:
                sys.exit("cat-file ended early")
            out.write(data)
            left -= len(data)
        blobs.stdout.read(1)
    out.flush()


main()

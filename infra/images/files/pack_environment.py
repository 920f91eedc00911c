"""Brings a finished environment into the image being made, and nothing but files.

    python3 pack_environment.py SOURCE TARGET MAX_FILES MAX_BYTES

Runs as root in a container of its own, without network and with SOURCE read-only. Begins when
its standard input ends: then the sandbox that wrote SOURCE is gone. Keeps regular files, folders and symlinks;
devices, sockets and pipes are left out, setuid bits and owners are not carried over.

The Debian packages in it are made visible at their own places (link_packages.py, sent along before this program).

TARGET may hold another environment of the same workspace: what is the same in both stays
as it is, so that the new layer holds the difference alone. The same means the same file on
the builder's disk: TARGET/.weir.json names each file's size, time and inode there (an image's
own times are whole seconds, which is too coarse).
Writes one line of JSON: {"files", "bytes", "skipped", "kept", "links"} or {"error", "detail"?}.

SOURCE is a stranger's work. A link in its place, or one under the manifest's name through which
the manifest would be written elsewhere, is not followed.
"""

import json
import os
import shutil
import stat
import sys

MANIFEST = ".weir.json"


def copy_file(source, target, size):
    with open(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as reading, open(target, "xb") as writing:
        done = 0
        while done < size:
            sent = os.sendfile(writing.fileno(), reading.fileno(), done, min(size - done, 1 << 26))
            if sent == 0:
                break
            done += sent


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def manifest_of(goal):
    try:
        with open(os.path.join(goal, MANIFEST), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def pack():
    top, goal, max_files, max_bytes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if os.path.realpath(top) != top or not os.path.isdir(top):
        return {"error": "unusable", "detail": "their folder was replaced"}
    counts = {"files": 0, "bytes": 0, "skipped": 0, "kept": 0}
    before, after = manifest_of(goal), {}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        names = {MANIFEST, LINKS} if folder == "" else set()
        for entry in os.scandir(os.path.join(top, folder)):
            facts = entry.stat(follow_symlinks=False)
            path = os.path.join(folder, entry.name)
            to = os.path.join(goal, path)
            counts["files"] += 1
            if path in (MANIFEST, LINKS):  # ours: a link of that name would lead our own writing elsewhere
                counts["skipped"] += 1
                continue
            if counts["files"] > max_files:
                return {"error": "too_many_files"}
            if stat.S_ISDIR(facts.st_mode):
                if not os.path.isdir(to) or os.path.islink(to):
                    remove(to)
                    os.mkdir(to, 0o755)
                waiting.append(path)
            elif stat.S_ISLNK(facts.st_mode):
                leads = os.readlink(entry.path)
                if not os.path.islink(to) or os.readlink(to) != leads:
                    remove(to)
                    os.symlink(leads, to)
            elif stat.S_ISREG(facts.st_mode):
                counts["bytes"] += facts.st_size
                if counts["bytes"] > max_bytes:
                    return {"error": "too_large"}
                mode = 0o755 if facts.st_mode & 0o111 else 0o644
                after[path] = [facts.st_size, facts.st_mtime_ns, facts.st_ino, mode]
                if before.get(path) == after[path]:
                    counts["kept"] += 1
                else:
                    remove(to)
                    copy_file(entry.path, to, facts.st_size)
                    os.chmod(to, mode)
                    # A compiled file is trusted only while its source's time is the one it names.
                    os.utime(to, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
            else:
                counts["skipped"] += 1
                continue
            names.add(entry.name)
        for name in set(os.listdir(os.path.join(goal, folder))) - names:
            remove(os.path.join(goal, folder, name))
    remove(os.path.join(goal, MANIFEST))
    with open(os.path.join(goal, MANIFEST), "x", encoding="utf-8") as file:
        json.dump(after, file)
    counts["links"] = link_packages(goal)
    return counts


def main():
    try:
        return pack()
    except (OSError, RecursionError, MemoryError) as error:
        # A folder too deep to be named, a file that cannot be read.
        return {"error": "unusable", "detail": "%s" % (getattr(error, "strerror", None) or type(error).__name__)}


sys.stdin.read()
print(json.dumps(main()))

"""Copies a finished environment into the image being made, and nothing but files.

    python3 pack_environment.py SOURCE TARGET MAX_FILES MAX_BYTES

Runs as root in a container of its own, without network and with SOURCE read-only, after
the sandbox that wrote SOURCE is gone. Keeps regular files, folders and symlinks;
devices, sockets and pipes are left out, setuid bits and owners are not carried over.
Writes one line of JSON: {"files", "bytes", "skipped"} or {"error"}.
"""

import json
import os
import stat
import sys


def copy_file(source, target, size):
    with open(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as reading, open(target, "xb") as writing:
        done = 0
        while done < size:
            sent = os.sendfile(writing.fileno(), reading.fileno(), done, min(size - done, 1 << 26))
            if sent == 0:
                break
            done += sent


def main():
    top, goal, max_files, max_bytes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    counts = {"files": 0, "bytes": 0, "skipped": 0}
    waiting = [(top, goal)]
    while waiting:
        folder, target = waiting.pop()
        os.makedirs(target, 0o755, exist_ok=True)
        for entry in os.scandir(folder):
            facts = entry.stat(follow_symlinks=False)
            to = os.path.join(target, entry.name)
            counts["files"] += 1
            if counts["files"] > max_files:
                return {"error": "too_many_files"}
            if stat.S_ISDIR(facts.st_mode):
                waiting.append((entry.path, to))
            elif stat.S_ISLNK(facts.st_mode):
                os.symlink(os.readlink(entry.path), to)
            elif stat.S_ISREG(facts.st_mode):
                counts["bytes"] += facts.st_size
                if counts["bytes"] > max_bytes:
                    return {"error": "too_large"}
                copy_file(entry.path, to, facts.st_size)
                os.chmod(to, 0o755 if facts.st_mode & 0o111 else 0o644)
                # A compiled file is trusted only while its source's time is the one it names.
                os.utime(to, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
            else:
                counts["skipped"] += 1
    return counts


print(json.dumps(main()))

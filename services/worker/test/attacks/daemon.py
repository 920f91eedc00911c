"""Leaves a process behind that holds the output of the installer, and lets the build succeed."""
import os
import signal


def attack():
    parent = os.getppid()
    if os.fork() == 0:
        os.setsid()
        held = [os.open("/proc/%d/fd/%d" % (parent, number), os.O_WRONLY) for number in (1, 2)]
        for descriptor in range(3):
            os.close(descriptor)  # the installer waits for the end of these
        while held:
            signal.pause()

"""Closes its own output and the installer's, as far as it can, and sleeps."""
import os
import signal


def attack():
    for descriptor in range(3):
        os.close(descriptor)
    while True:
        signal.pause()

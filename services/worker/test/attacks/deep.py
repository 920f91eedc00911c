"""Folders in folders, deeper than a path can name."""
import os

from environment import environment


def attack():
    os.chdir(environment())
    for _ in range(60):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)

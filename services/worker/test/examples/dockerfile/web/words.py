import os
import shutil


def greeting():
    return {
        "greeting": f"{os.environ['GREETING']} {os.environ['FOLDER']}",
        "port": os.environ["PORT"],
        "program": shutil.which("sl") is not None,
        "uid": os.getuid(),
    }

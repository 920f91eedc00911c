"""Starts an app: the first program of every instance. Python 3.9, standard library.

    python3 entry.py FRAMEWORK ENTRY_FILE [NAME=VALUE...]

Fills the writable /app from the image's read-only source, makes the instance's secrets
visible where the framework looks for them, and becomes the framework's server. What the
repository says of the environment counts after the secrets, and those after the platform.
"""

import glob
import json
import os
import shutil
import sys

SOURCE = "/opt/weir/source"
APP = "/app"
ENVIRONMENT = "/opt/env"
SECRETS = "/run/secrets"
SERVE_APP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "serve_app.py")


def place(*names):
    """Options that say where to listen, for servers that read it from nowhere else."""
    return [part for name, value in zip(names, (os.environ["HOST"], os.environ["PORT"])) for part in (name, value)]


def streamlit():
    """The module to run: the first releases of Streamlit cannot be run by their own name."""
    package = os.path.join(ENVIRONMENT, "lib", "python*", "site-packages", "streamlit")
    return "streamlit.cli" if glob.glob(os.path.join(package, "cli.py")) and not glob.glob(os.path.join(package, "__main__.py")) else "streamlit"


# What the interpreter is given, by framework. Where a server reads the environment (app-environment.ts), no
# option is given: a variable that an old version does not know is ignored, an option ends it.
COMMANDS = {
    "streamlit": lambda entry: ["-m", streamlit(), "run", entry],
    "panel": lambda entry: ["-m", "panel", "serve", entry, *place("--address", "--port"), "--use-xheaders", "--liveness"],
    "shiny": lambda entry: ["-m", "shiny", "run", *place("--host", "--port"), entry],
    "marimo": lambda entry: ["-m", "marimo", "run", entry, "--headless", *place("--host", "--port")],
    **{name: lambda entry, name=name: [SERVE_APP, name, entry] for name in ("gradio", "dash", "nicegui", "fastapi", "flask")},
    "python": lambda entry: [entry],
}


def fill():
    if os.path.isdir(SOURCE) and not any(name != ".streamlit" for name in os.listdir(APP)):
        shutil.copytree(SOURCE, APP, symlinks=True, dirs_exist_ok=True)


def show_configuration(entry):
    """Streamlit before 1.46 reads its configuration in the working directory only, not beside the script."""
    folder = os.path.join(APP, ".streamlit")
    wanted = os.path.join(folder, "config.toml")
    beside = os.path.join(APP, os.path.dirname(entry), ".streamlit", "config.toml")
    if os.path.isfile(beside) and not os.path.lexists(wanted) and not os.path.islink(folder):
        os.makedirs(folder, exist_ok=True)
        os.symlink(beside, wanted)


def show_secrets():
    given = os.path.join(SECRETS, "secrets.toml")
    wanted = os.path.join(APP, ".streamlit", "secrets.toml")
    if not os.path.isdir(SECRETS):
        return
    folder = os.path.dirname(wanted)
    if os.path.islink(folder):
        os.unlink(folder)
    os.makedirs(folder, exist_ok=True)
    if os.path.lexists(wanted):
        os.unlink(wanted)
    # The link may point to nothing yet: secrets that are set later appear in the running app.
    os.symlink(given, wanted)


def variables():
    path = os.path.join(SECRETS, "environment.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return {str(name): str(value) for name, value in json.load(file).items()}


def main():
    framework, entry = sys.argv[1], sys.argv[2]
    given = dict(pair.split("=", 1) for pair in sys.argv[3:])
    os.chdir(APP)
    fill()
    show_secrets()
    if framework == "streamlit":
        show_configuration(entry)
    if entry.startswith("-"):
        entry = "./" + entry  # no option
    environment = {**given, **variables(), **os.environ}
    environment["PATH"] = ENVIRONMENT + "/bin:" + os.environ.get("PATH", "/usr/bin:/bin")
    environment["VIRTUAL_ENV"] = ENVIRONMENT
    environment["PYTHONUNBUFFERED"] = "1"
    extra = os.path.join(ENVIRONMENT, "apt")
    if os.path.isdir(extra):
        with open(os.path.join(extra, ".libraries"), encoding="utf-8") as file:
            folders = [os.path.join(extra, line.strip()) for line in file if line.strip()]
        environment["LD_LIBRARY_PATH"] = ":".join(folders + [p for p in [environment.get("LD_LIBRARY_PATH")] if p])
        javas = sorted(glob.glob(os.path.join(extra, "usr/lib/jvm/*/bin")), reverse=True)  # a setup script would link one
        environment["PATH"] += ":" + ":".join([*(os.path.join(extra, name) for name in ("usr/bin", "bin", "usr/games")), *javas])
        environment["XDG_DATA_DIRS"] = os.path.join(extra, "usr/share") + ":/usr/local/share:/usr/share"
    python = os.path.join(ENVIRONMENT, "bin", "python")
    os.execve(python, [python, *COMMANDS[framework](entry)], environment)


main()

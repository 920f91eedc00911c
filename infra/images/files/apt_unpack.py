"""Fetches Debian packages with all they need and unpacks them, running none of their scripts.

    python3 apt_unpack.py TARGET STATE PACKAGE...

Everything apt writes lies in STATE; what the base image already has is not fetched again.
TARGET gets the files, and in TARGET/.libraries the folders that hold shared libraries.
What apt says goes to standard error; the answer is one line of JSON on standard output:
{"fetched", "scripts", "renamed"}: the packages whose own scripts would have done something, and
pairs of a name that this release lacks and the one that was taken in its place.
"""

import glob
import json
import os
import subprocess
import sys

from apt_names import present_names


def main():
    target, state, packages = sys.argv[1], sys.argv[2], sys.argv[3:]
    lists, archives = os.path.join(state, "lists"), os.path.join(state, "archives")
    for folder in (os.path.join(lists, "partial"), os.path.join(archives, "partial"), target):
        os.makedirs(folder, exist_ok=True)
    settings = {
        "Dir::State::lists": lists, "Dir::State::status": "/opt/weir/base-status", "Dir::Cache": state, "Dir::Cache::archives": archives, "Dir::Log": state, "Debug::NoLocking": "1", "APT::Sandbox::User": "",
        "Acquire::Languages": "none", "Acquire::https::CaInfo": os.environ.get("SSL_CERT_FILE") or "/etc/ssl/certs/ca-certificates.crt",
        "Acquire::http::Proxy": os.environ["HTTP_PROXY"], "Acquire::https::Proxy": os.environ["HTTPS_PROXY"], "Acquire::Retries": "2",
    }
    options = [part for name, value in settings.items() for part in ("-o", "%s=%s" % (name, value))]
    run = lambda *arguments: subprocess.run(["apt-get", *options, *arguments], stdout=sys.stderr, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False).returncode
    code = run("update", "-q")
    wanted, renamed = present_names(packages, lambda names: installable(options, names)) if code == 0 else (packages, [])
    code = code or run("install", "-q", "-y", "--no-install-recommends", "--download-only", "--", *wanted)
    if code != 0:
        sys.exit(code)
    scripted, names = [], []
    for archive in sorted(glob.glob(os.path.join(archives, "*.deb"))):
        names.append(os.path.basename(archive).split("_")[0])
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        listing = subprocess.run(["dpkg-deb", "-I", archive, "postinst"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        body = [line for line in listing.stdout.decode("utf-8", "replace").splitlines() if line.strip() and not line.startswith("#")]
        if len([line for line in body if line.strip() not in ("set -e", "exit 0")]) > 0 and b"ldconfig" not in listing.stdout:
            scripted.append(names[-1])
        os.unlink(archive)
    link_to_base(target)
    folders = {os.path.dirname(path) for path in glob.glob(os.path.join(target, "**", "lib*.so*"), recursive=True) if os.path.isfile(path)}
    with open(os.path.join(target, ".libraries"), "w") as file:
        file.write("".join("%s\n" % os.path.relpath(folder, target) for folder in sorted(folders)))
    note_plugins(target, sorted(folders))
    return {"fetched": names, "scripts": scripted, "renamed": renamed}


def installable(options, names):
    """Those that apt has a version of; a name that only stands for others is none."""
    said = subprocess.run(["apt-cache", *options, "policy", "--", *names], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False).stdout.decode("utf-8", "replace")
    found, name = set(), None
    for line in said.splitlines():
        if line and not line[0].isspace():
            name = line.rstrip(":").split(":")[0]
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            found.add(name)
    return found


def link_to_base(target):
    """A package for development has a link to the library beside it: where the base image has that one, to there."""
    for path in glob.glob(os.path.join(target, "**", "lib*.so"), recursive=True):
        if os.path.islink(path) and not os.path.exists(path):
            base = os.path.normpath(os.path.join("/", os.path.relpath(os.path.dirname(path), target), os.readlink(path)))
            if os.path.exists(base):
                os.unlink(path)
                os.symlink(base, path)


def note_plugins(target, folders):
    """What the setup script of Graphviz does: without it, `dot` knows no format."""
    dot, plugins = os.path.join(target, "usr/bin/dot"), glob.glob(os.path.join(target, "usr/lib/*/graphviz"))
    if plugins and os.path.exists(dot):
        subprocess.run([dot, "-c"], env={"LD_LIBRARY_PATH": ":".join(folders), "GVBINDIR": plugins[0]}, stdout=sys.stderr, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)


print(json.dumps(main()))

"""Names of Debian packages that are others in another release, and what gives the same.

A packages.txt is written for one release and read in others: a name that the present one
lacks is replaced only by one that it has.
"""

RENAMED = {
    "libgl1-mesa-glx": ("libgl1",),
    "libegl1-mesa": ("libegl1",),
    "libgles2-mesa": ("libgles2",),
    "libgdk-pixbuf2.0-0": ("libgdk-pixbuf-2.0-0",),
    "libmysqlclient-dev": ("default-libmysqlclient-dev",),
    "mysql-client": ("default-mysql-client",),
    "chromium-browser": ("chromium",),
    "chromium-chromedriver": ("chromium-driver",),
    "libopenblas-base": ("libopenblas0",),
    "libatlas-base-dev": ("libopenblas-dev",),
    "libssl1.1": ("libssl3", "libssl3t64"),
    "libffi7": ("libffi8",),
    "libtiff5": ("libtiff6",),
    "libwebp6": ("libwebp7",),
    "libhdf5-103": ("libhdf5-103-1", "libhdf5-310"),
    "libqt5core5a": ("libqt5core5t64",),
    "freeglut3": ("libglut3.12",),
    "netcat": ("netcat-openbsd",),
    "python-dev": ("python3-dev",),
    "python-pip": ("python3-pip",),
    **{"openjdk-%d-%s" % (version, kind): ("default-%s" % kind,) for version in (8, 11, 17, 21) for kind in ("jdk", "jre", "jdk-headless", "jre-headless")},
}


def present_names(packages, known):
    """What to ask for, and the pairs of names that were replaced.

    known: takes names, gives the set of those that can be installed.
    """
    there = known(packages)
    others = {name: [*RENAMED.get(name, ()), name + "t64"] for name in packages if name not in there}
    known_others = known([other for names in others.values() for other in names]) if others else set()
    instead = {}
    for name, names in others.items():
        for other in names:
            if other in known_others:
                instead.setdefault(name, other)
    return [instead.get(name, name) for name in packages], sorted(instead.items())

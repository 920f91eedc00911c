"""Looks at everything a build could see, tries everything it could do, and prints what came of it as one line of JSON."""
import ctypes
import errno
import glob
import json
import os
import resource
import socket
import struct

PORTS = [int(port) for port in "@PORTS@".split(",")]
HOSTS = "@HOSTS@".split(",")
LIBC = ctypes.CDLL(None, use_errno=True)


def attempt(work):
    try:
        return "done: %s" % (work(),)
    except OSError as error:
        return errno.errorcode.get(error.errno, type(error).__name__)


def call(number, *arguments):
    ctypes.set_errno(0)
    answer = LIBC.syscall(ctypes.c_long(number), *arguments)
    return "done: %d" % answer if answer >= 0 else errno.errorcode[ctypes.get_errno()]


def reach(host, port):
    try:
        socket.create_connection((host, port), 0.4).close()
        return "reached"
    except OSError:
        return "no"


def through_proxy(target):
    proxy = os.environ["HTTPS_PROXY"].rsplit(":", 1)
    with socket.create_connection(("127.0.0.1", int(proxy[1])), 5) as client:
        client.settimeout(10)
        client.sendall(("CONNECT %s HTTP/1.1\r\nHost: x\r\n\r\n" % target).encode())
        return client.recv(200).decode("latin1").split("\r\n")[0]


def write(path):
    with open(path, "a") as file:
        file.write("x")


def environments():
    seen = {}
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            with open(path, "rb") as file:
                for pair in file.read().split(b"\0"):
                    name, _, value = pair.decode("utf-8", "replace").partition("=")
                    seen[name] = value
        except OSError:
            continue
    return seen


def attack():
    report = {
        "status": {line.split(":")[0]: line.split(":", 1)[1].split() for line in open("/proc/self/status") if line.startswith(("Uid", "Cap", "NoNewPrivs", "Seccomp:"))},
        "environment": environments(),
        "index": open(os.path.join(os.environ["XDG_CONFIG_HOME"], "uv", "uv.toml")).read(),
        "processes": sorted({open(path).read().strip() for path in glob.glob("/proc/[0-9]*/comm")}),
        "interfaces": [line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line],
        "mounts": sorted(line.split()[1] for line in open("/proc/mounts")),
        "devices": sorted(name for name in os.listdir("/dev")),
        "sockets": [path for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock") if os.path.lexists(path)],
        "disk": sorted(os.listdir("/mnt/weir")),
        "limits": {"open files": resource.getrlimit(resource.RLIMIT_NOFILE)[1], "core": resource.getrlimit(resource.RLIMIT_CORE)[1]},
        "writes": {path: attempt(lambda path=path: write(path)) for path in ("/etc/passwd", "/usr/bin/git", "/opt/weir/export_tree.py", "/run/weir-ca/ca.pem", "/run/weir-egress/x", "/proc/sys/kernel/core_pattern", "/sys/fs/cgroup/x", "/proc/sysrq-trigger")},
        "device node": attempt(lambda: os.mknod("/mnt/weir/node", 0o600 | 0o020000, os.makedev(1, 3))),
        "disk device": attempt(lambda: os.mknod("/tmp/disk", 0o600 | 0o060000, os.makedev(8, 0))),
        "raw socket": attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)),
        "packet socket": attempt(lambda: socket.socket(17, socket.SOCK_RAW, 0)),
        "vsock": attempt(lambda: socket.socket(40, socket.SOCK_STREAM, 0)),
        "setuid 0": attempt(lambda: os.setuid(0)),
        "chroot": attempt(lambda: os.chroot("/tmp")),
        "unshare": call(272, ctypes.c_int(0x10000000)),
        "mount": call(165, b"none", b"/tmp", b"tmpfs", ctypes.c_ulong(0), None),
        "bpf": call(321, ctypes.c_int(0), None, ctypes.c_int(0)),
        "ptrace": call(101, ctypes.c_long(16), ctypes.c_long(os.getppid()), None, None),
        "keyctl": call(250, ctypes.c_int(0), ctypes.c_int(-3), ctypes.c_int(1)),
        "io_uring": call(425, ctypes.c_uint(1), None),
        "userfaultfd": call(323, ctypes.c_int(0)),
        "open_by_handle": call(304, ctypes.c_int(3), struct.pack("IiQ", 8, 1, 2), ctypes.c_int(0)),
        "direct": {"%s:%d" % (host, port): reach(host, port) for host in HOSTS for port in PORTS},
        "proxy": {target: through_proxy(target) for target in ("169.254.169.254:443", "169.254.169.254:80", "127.0.0.1:%d" % PORTS[0], "10.0.0.1:443", "[::1]:443", "[::ffff:127.0.0.1]:443", "0x7f.1:443", "localhost:443", "pypi.org:25", "deb.debian.org:22")},
    }
    with open("/proc/%d/fd/2" % os.getppid(), "w") as out:  # past the installer, which would break the line
        out.write("\nREPORT %s END\n" % json.dumps(report))
    raise SystemExit("looked around")

"""Runs a command whose only way out is the worker's proxy.

    python3 egress.py -- COMMAND ARGUMENT...

The sandbox has no network. The proxy is a unix socket, which no program knows how
to use as a proxy, so a child of this process listens on a loopback port and joins
each connection to the socket. The command replaces this process and finds the port
in HTTP_PROXY and HTTPS_PROXY. Python 3.9, standard library.
"""

import ctypes
import os
import signal
import socket
import sys
import threading

PROXY = "/run/weir-egress/proxy.sock"
PR_SET_PDEATHSIG = 1


def relay(source, target):
    try:
        while True:
            data = source.recv(65536)
            if not data:
                break
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        # One side went away; the other learns it by the close of both.
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def join(client):
    upstream = socket.socket(socket.AF_UNIX)
    try:
        upstream.connect(PROXY)
    except OSError:
        client.close()
        upstream.close()
        return
    back = threading.Thread(target=relay, args=(upstream, client), daemon=True)
    back.start()
    relay(client, upstream)
    back.join()
    client.close()
    upstream.close()


def serve(listener):
    while True:
        client, _ = listener.accept()
        # What comes is passed on at once: answers of many short frames would wait for each other's receipt.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=join, args=(client,), daemon=True).start()


def main():
    if len(sys.argv) < 3 or sys.argv[1] != "--":
        sys.exit("usage: egress.py -- COMMAND ARGUMENT...")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    url = "http://127.0.0.1:%d" % listener.getsockname()[1]
    parent = os.getpid()
    if os.fork() == 0:
        # The forwarder must not outlive the command, nor hold its output open.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        serve(listener)
    listener.close()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ[name] = url
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ""
    os.execvp(sys.argv[2], sys.argv[2:])


main()

"""Runs an app whose framework has no command of its own to serve it. Python 3.9, standard library.

    python serve_app.py FRAMEWORK ENTRY_FILE

The script runs as on its author's machine, but whatever server it starts listens where the platform
looks for it, and without debugger, reloader, tunnel or a certificate of its own. A script that starts
none is asked for its application.
"""

import functools
import importlib
import inspect
import os
import signal
import sys
import types

HOST = os.environ["HOST"]
PORT = int(os.environ["PORT"])
APPLICATIONS = ("server", "app", "application")


def serve(app):
    """Serves an application until the platform ends it."""
    if hasattr(app, "callback_map"):  # Dash: a layer upon a server of Flask, or of an ASGI framework
        app = app.server
    if inspect.iscoroutinefunction(type(app).__call__):
        importlib.import_module("uvicorn").run(app, host=HOST, port=PORT)
    else:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress hears no signals, but this
        importlib.import_module("waitress").serve(
            app, host=HOST, port=PORT, threads=8, connection_limit=1000, asyncore_use_poll=True,
            trusted_proxy="*", trusted_proxy_headers="x-forwarded-for x-forwarded-proto", clear_untrusted_proxy_headers=True,
        )
    sys.exit(0)  # what the script does after its server is no part of an app


def forced(function, **values):
    """The function, with these arguments in place of whatever its caller says; those it does not have are left out."""
    signature = inspect.signature(function)
    known = {name: value for name, value in values.items() if name in signature.parameters}

    @functools.wraps(function)
    def call(*args, **kwargs):
        given = signature.bind(*args, **kwargs)
        given.arguments.update(known)
        return function(*given.args, **given.kwargs)

    return call


def serve_this(app, *_args, **_kwargs):
    serve(app)


def redirect_dash():
    dash = importlib.import_module("dash")
    dash.Dash.run = dash.Dash.run_server = serve_this


def redirect_flask():
    importlib.import_module("flask").Flask.run = serve_this


def redirect_uvicorn():
    uvicorn = importlib.import_module("uvicorn")
    uvicorn.run = forced(uvicorn.run, host=HOST, port=PORT, uds=None, fd=None, reload=False, workers=None, ssl_keyfile=None, ssl_certfile=None)


def redirect_gradio():
    blocks = importlib.import_module("gradio").Blocks
    blocks.launch = forced(blocks.launch, server_name=HOST, server_port=PORT, share=False, inbrowser=False, ssl_keyfile=None, ssl_certfile=None)


def redirect_nicegui():
    ui = importlib.import_module("nicegui.ui")
    ui.run = forced(ui.run, host=HOST, port=PORT, native=False, reload=False, show=False)


REDIRECTS = {
    "dash": (redirect_dash, redirect_flask),
    "flask": (redirect_flask,),
    "fastapi": (redirect_uvicorn,),
    "gradio": (redirect_gradio, redirect_uvicorn),
    "nicegui": (redirect_nicegui, redirect_uvicorn),
}


def run(entry):
    """Runs the script as the main module, whose names it returns."""
    path = os.path.abspath(entry)
    main = types.ModuleType("__main__")
    main.__file__ = path
    sys.modules["__main__"] = main
    sys.argv = [path]
    sys.path[0] = os.path.dirname(path)
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    exec(code, main.__dict__)
    return main.__dict__


def main():
    framework, entry = sys.argv[1], sys.argv[2]
    for redirect in REDIRECTS[framework]:
        redirect()
    names = run(entry)
    found = [names[name] for name in APPLICATIONS if callable(names.get(name))]
    if not found:
        sys.exit(f"{entry} starts no server, and has no {', '.join(APPLICATIONS[:-1])} or {APPLICATIONS[-1]} that could be served.")
    serve(found[0])


main()

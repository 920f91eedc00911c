"""Compiles scripts without running them.

    python3 compile_check.py < JSON-LINES

Each line is {"path", "source" (base64)}. For each that does not compile one line of
JSON is written: {"path", "line", "message", "text"}. Nothing is imported or executed.
"""

import base64
import json
import sys
import warnings

warnings.simplefilter("ignore")
for given in sys.stdin:
    script = json.loads(given)
    try:
        compile(base64.b64decode(script["source"]), script["path"], "exec", dont_inherit=True)
    except SyntaxError as error:
        fault = {"line": error.lineno, "message": error.msg, "text": (error.text or "").rstrip("\n")[:400]}
        print(json.dumps({"path": script["path"], **fault}))
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        print(json.dumps({"path": script["path"], "line": None, "message": str(error) or type(error).__name__, "text": ""}))

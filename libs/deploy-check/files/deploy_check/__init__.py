"""Looks for faults in a data app's source without importing or running any of it. Python 3.9, standard library.

    python3 -I -m deploy_check < JSON-LINES

The first line is {"entry", "framework", "paths"}: the script to serve and every path of the repository. Each
other line is {"path", "source" (base64)}. One JSON document is written: {"findings", "imports", "skipped", "broken"}.
A finding is {"rule", "path", "line", "subject"}; no value of a secret is ever in it. The file system is not touched.
"""

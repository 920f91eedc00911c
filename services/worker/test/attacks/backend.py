"""A package's own build backend: what pip or uv runs when it has no wheel. It needs nothing from an index.

Beside it lies attack.py, whose `attack()` does as it likes; its words end the build if it raises.
"""
import os
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def build_wheel(folder, config_settings=None, metadata_directory=None):
    import attack

    attack.attack()
    name = "evil-1-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("evil.py", "VALUE = 1\n")
        wheel.writestr("evil-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
        wheel.writestr("evil-1.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: evil\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("evil-1.dist-info/RECORD", "evil.py,,\nevil-1.dist-info/METADATA,,\nevil-1.dist-info/WHEEL,,\nevil-1.dist-info/RECORD,,\n")
    return name

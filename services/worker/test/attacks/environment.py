"""Where the environment is that the build fills: a build backend is told of its own only."""
import glob
import os


def environment():
    return max(glob.glob("/mnt/weir/environments/dep_*"), key=os.path.getctime)

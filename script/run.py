"""Start Practice Desktop from this checkout; every argument goes to the program."""

import sys

import environment

environment.prepare("runtime", environment.LIBRARIES_TO_RUN)
environment.hand_over("-m", "practice_desktop", *sys.argv[1:])

"""Run every test and check in one pytest run; arguments choose tests, as pytest reads them."""

import os
import sys

import environment

environment.prepare("dev", (*environment.LIBRARIES_TO_RUN, *environment.PROGRAMS_TO_TEST))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.chdir(environment.ROOT)
environment.hand_over("-m", "pytest", *sys.argv[1:])

"""Measure: `bench.py [NAME…] [--json FILE]` prints each figure beside its bar."""

import sys

import environment

environment.prepare("dev", environment.LIBRARIES_TO_RUN)
environment.hand_over("-m", "benchmarks", *sys.argv[1:])

"""Stands before the package of the same name: that one opens a Python console on fixed ports, which allows one node a machine."""
import contextlib


def start_monitor(_loop):
    return contextlib.nullcontext()

"""Becomes the program named by the arguments, which gets SIGTERM when the process that started it dies, however it dies."""
import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM) != 0:
    sys.exit("launch: the kernel refused PR_SET_PDEATHSIG")
if os.getppid() != int(sys.argv[1]):
    sys.exit("launch: the starting process is already gone")
os.execv(sys.argv[2], sys.argv[2:])

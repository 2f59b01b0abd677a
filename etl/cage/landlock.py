"""Landlock, the kernel's own wall around files: a process names what it may still read, write and start, and nothing else
is open to it or to what it starts from then on. By ctypes, for there is little to say (`man 7 landlock`).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

SIGNALS = 6
"""The version from which on signals to processes outside are refused too."""
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_ALL = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right on files that a version of Landlock knows."""
_TCP, _SOCKETS_AND_SIGNALS = 0b11, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Which Landlock this kernel has; 0 for none."""
    return max(ctypes.CDLL(None, use_errno=True).syscall(_CREATE, None, 0, 1), 0)


def shut(read: Iterable[Path], write: Iterable[Path], start: Iterable[Path]) -> bool:
    """Leave this process nothing but these files and folders to read, to write and to start. Whether it was done."""
    libc, known = ctypes.CDLL(None, use_errno=True), version()
    every = _ALL[min(known, max(_ALL))]
    rules = _Ruleset(every, _TCP if known >= 4 else 0, _SOCKETS_AND_SIGNALS if known >= SIGNALS else 0)
    size = 24 if known >= SIGNALS else 16 if known >= 4 else 8
    ruleset = libc.syscall(_CREATE, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    reading = _READ_FILE | _READ_DIR
    for paths, allowed in (
        (read, reading),
        (write, every & ~_EXECUTE),
        ((Path(os.devnull),), _READ_FILE | _WRITE_FILE),
        (start, _READ_FILE | _EXECUTE),
    ):
        for path in paths:
            with suppress(FileNotFoundError, PermissionError, NotADirectoryError):
                handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
                rights = allowed & every if path.is_dir() else allowed & every & _OF_A_FILE
                libc.syscall(_ADD, ruleset, 1, ctypes.byref(_Beneath(rights, handle)), 0)
                os.close(handle)
    done = libc.syscall(_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return done

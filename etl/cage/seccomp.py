"""seccomp, the kernel's own wall around what a process may ask of it: a filter refuses by name what no reader of documents
needs. By ctypes; the numbers are those of the kernel's tables for the two processors that offices have.
"""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache

_AVAILABLE, _FILTER, _MODE = 2, 2, 22
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST = 0, 4, 16
"""Where the number of a call, the processor's name and the first argument stand."""
_THREAD, _NAMESPACES, _FOREIGN = 0x00010000, 0x7E020000, 0x40000000
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_NAMES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# what both kernels number alike, from 424 on
_COMMON = {
    "io_uring": (425, 426, 427),
    "pidfd": (434, 438),
    "mount": (428, 429, 430, 431, 432, 433, 442),
    "marks": (452, 463, 466),
    "memory": (440, 447),
}
_REFUSED = {
    "x86_64": {
        "sockets": (41, 42, 43, 44, 46, 49, 50, 53, 288),
        "shared": (29, 30, 31, 64, 68, 240),
        "marks": (90, 91, 92, 93, 94, 132, 133, 188, 189, 190, 197, 198, 199, 235, 259, 260, 261, 268, 280),
        "others": (101, 135, 141, 251, 279, 310, 311, 312),
        "session": (109, 112, 153, 154),
        "system": (103, 155, 159, 161, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 175, 176, 179, 227, 305),
        "kernel": (246, 248, 249, 250, 272, 298, 300, 303, 304, 308, 313, 320, 321, 323),
    },
    "aarch64": {
        "sockets": (198, 199, 200, 201, 202, 203, 206, 211, 242),
        "shared": (180, 186, 190, 194, 195, 196),
        "marks": (5, 6, 7, 14, 15, 16, 33, 52, 53, 54, 55, 88),
        "others": (30, 92, 117, 140, 239, 270, 271, 272),
        "session": (154, 157),
        "system": (39, 40, 41, 51, 60, 89, 105, 106, 112, 116, 142, 161, 162, 170, 171, 224, 225, 266),
        "kernel": (97, 104, 217, 218, 219, 241, 262, 264, 265, 268, 273, 280, 282, 294),
    },
}
_STARTS = {"x86_64": (57, 58, 59, 322), "aarch64": (221, 281)}
_SIGNALS = {"x86_64": (62, 129, 200, 234, 297, 424), "aarch64": (129, 130, 131, 138, 240, 424)}
_CLONE, _CLONE3, _LIMIT = {"x86_64": 56, "aarch64": 220}, 435, {"x86_64": 302, "aarch64": 261}


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def is_there() -> bool:
    """Whether this kernel takes filters, on a processor whose numbers are known."""
    machine = os.uname().machine
    if machine not in _NAMES:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.syscall(_SECCOMP[machine], _AVAILABLE, 0, ctypes.byref(ctypes.c_uint32(_REFUSE))) == 0


def shut(may_start: bool, may_signal: bool) -> bool:
    """Refuse sockets, other processes' memory, marks and owners of files, mounts, modules, keys and the like from now on;
    new processes and signals unless they may be. Whether it was done.
    """
    if not is_there():
        return False
    program = _program(os.uname().machine, may_start, may_signal)
    return ctypes.CDLL(None, use_errno=True).prctl(_MODE, _FILTER, ctypes.byref(program), 0, 0) == 0


@cache
def _program(machine: str, may_start: bool, may_signal: bool) -> _Program:
    """The filter as the kernel takes it."""
    steps = _steps(machine, may_start, may_signal)
    return _Program(len(steps), (_Step * len(steps))(*(_Step(*step) for step in steps)))


def prepare(may_start: bool, may_signal: bool) -> None:
    """Make a filter that is put up later."""
    if is_there():
        _program(os.uname().machine, may_start, may_signal)


def _steps(machine: str, may_start: bool, may_signal: bool) -> list[tuple[int, int, int, int]]:
    """The filter: (what to do, steps to pass over if so, if not, value)."""
    refuse = _REFUSE | errno.EPERM
    parts = [*_REFUSED[machine].items(), *_COMMON.items()]
    numbers = {number for name, part in parts for number in part}
    marks = {number for name, part in parts if name == "marks" for number in part}
    numbers |= set() if may_start else set(_STARTS[machine])
    numbers |= set() if may_signal else set(_SIGNALS[machine])
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _NAMES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _FOREIGN),  # the other numbers that x86_64 has for the same calls
        (_RETURN, 0, 0, refuse),
        # its flags stand in memory, where no filter looks: libraries then take the older call
        (_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _REFUSE | errno.ENOSYS),
    ]
    for number in sorted(numbers):
        # who sets the mode or times of a file is told that it was done: a library that copies them asks for no more
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE if number in marks else refuse)]
    # a thread, or where it may be a process, but in no namespace of its own; limits of this process alone
    wanted = (_ANY_BIT, 1, 0, _NAMESPACES) if may_start else (_ANY_BIT, 0, 1, _THREAD)
    steps += [(_EQUAL, 0, 4, _CLONE[machine]), (_LOAD, 0, 0, _FIRST), wanted]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refuse)]
    steps += [(_EQUAL, 0, 3, _LIMIT[machine]), (_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, 0), (_RETURN, 0, 0, refuse)]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]

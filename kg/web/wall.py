"""The calling process in; out: the same process, without network, new programs, core dumps or more memory than allowed.

Linux on x86-64 and 64-bit ARM; elsewhere what the platform lacks is logged and the rest holds. The token scan of
`kg.web.scan` is the first wall against `SERVICE`; this is the second, and the one that does not depend on a grammar.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import platform
import resource
import signal
import struct
import sys

logger = logging.getLogger(__name__)

# linux/audit.h and the kernel's system call tables: socket, connect, execve, execveat, ptrace, io_uring_setup.
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 1, 38, 22, 2
# linux/filter.h (classic BPF) and linux/seccomp.h
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EPERM
_X32 = 0x40000000


def die_with(parent: int) -> None:
    """Ends this process when the thread that started it ends, so that a killed server leaves no orphan."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(f"worker: expected parent {parent}, got {os.getppid()}")


def limit_memory(mebibytes: int) -> None:
    """No more address space than this, and no core file."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, mebibytes << 20)


def forbid_writing() -> None:
    """No file may grow; pipes may."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _lower(resource.RLIMIT_FSIZE, 0)


def forbid_network() -> bool:
    """Denies sockets, new programs and tracing to this process for good; False, with a warning, where it cannot.

    Must run before any other thread starts: a filter holds for the thread that sets it and those it starts.
    """
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None:
        logger.warning(
            "no system call filter on %s %s: SERVICE is refused by its text alone", sys.platform, platform.machine()
        )
        return False
    architecture, denied = machine
    count = len(denied)
    # Each row: code, jump if true, jump if false, value. The last two rows answer.
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 0, count + 3, architecture), (_LOAD, 0, 0, 0), (_AT_LEAST, count + 1, 0, _X32)]
    rows += [(_EQUAL, count - place, 0, number) for place, number in enumerate(denied)]
    rows += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
    head = ctypes.create_string_buffer(struct.pack("HL", len(rows), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_void_p(ctypes.addressof(head)), 0, 0
    ):
        logger.warning(
            "no system call filter (%s): SERVICE is refused by its text alone", os.strerror(ctypes.get_errno())
        )
        return False
    return True


def _lower(kind: int, value: int) -> None:
    """A limit is never raised: a tighter one of the surroundings stays."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))

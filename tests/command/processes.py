"""Other programs: started so that none outlives us, and ended with all that they started."""

import ctypes
import os
import signal
import subprocess

PR_SET_PDEATHSIG = 1                    # prctl(2)
LIBC = ctypes.CDLL(None)
ISA_DEBUG_EXIT = 1, 3, 155              # QEMU's status: twice the kernel's (0, 1, 77) plus 1


def run(*command, **options):
    """Runs a program that has to succeed; nothing of it is left if this is interrupted."""
    process = launch(command, **{"stdout": subprocess.DEVNULL, **options})
    try:
        process.wait()
    finally:
        end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def launch(command, **options):
    """Starts a machine, in a process group of its own; it dies when this process does, however."""
    options = {"stdin": subprocess.DEVNULL, "start_new_session": True, **options}
    return subprocess.Popen(command, preexec_fn=dying_with(os.getpid()), **options)


def dying_with(parent):
    def prepare():
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:      # died before it could be asked for
            os.kill(os.getpid(), signal.SIGKILL)
    return prepare


def end(process):
    """Ends a machine that was launched, and all that it started in turn."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def how(status):
    """How a process ended, from its status as subprocess gives it."""
    return f"by signal {-status}" if status < 0 else f"status {status}"


def of_shell(status):
    """What a shell says of a process as subprocess would: it gives signals as 128 and their number."""
    return status if status in ISA_DEBUG_EXIT or status <= 128 else 128 - status


def silence(stream):
    """Nothing more is written there: Python would try once more as it ends, and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def processors():
    """How many of them this process may use."""
    return len(os.sched_getaffinity(0))

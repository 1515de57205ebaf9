"""Other programs: started so that none outlives us, and ended with all that they started."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading

from .descendants import LIBC, end_below
from .tap import Status

PR_SET_PDEATHSIG = 1                    # prctl(2)
# QEMU's status: twice the kernel's plus 1.
ISA_DEBUG_EXIT = {2 * status + 1: status
                  for status in (Status.PASSED, Status.FAILED, Status.SKIPPED)}
GRACE = 5                               # seconds to end in, for programs that were asked to
REST = 1                                # seconds to read what still stands in the pipe of one


def exit_on_signals():
    """A signal that asks this program to end lets it tidy up first, as ^C does."""
    for number in signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, lambda number, _: sys.exit(128 + number))


def run(*command, **options):
    """Runs a program that has to succeed; nothing of it is left if this is interrupted."""
    process = launch(command, **{"stdout": subprocess.DEVNULL, **options})
    try:
        process.wait()
    finally:
        end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def launch(command, end_by=signal.SIGKILL, **options):
    """Starts a program in a process group of its own, as a machine; when this process dies, however
    it does, the program is sent the signal `end_by`."""
    options = {"stdin": subprocess.DEVNULL, "start_new_session": True, **options}
    return subprocess.Popen(command, preexec_fn=dying_with(os.getpid(), end_by), **options)


def dying_with(parent, end_by):
    def prepare():
        LIBC.prctl(PR_SET_PDEATHSIG, end_by, 0, 0, 0)
        if os.getppid() != parent:      # died before it could be asked for
            os.kill(os.getpid(), end_by)
    return prepare


def end(process):
    """Ends a program that was launched, and all that it started in turn and that is still below it.
    It stands still meanwhile, so that it does not go on without them."""
    if process.poll() is None:
        signal_all(process, signal.SIGSTOP)
        end_below(process.pid)
    signal_all(process, signal.SIGKILL)
    process.wait()


def signal_all(process, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


@contextlib.contextmanager
def attended(command, tell, **options):
    """A program whose standard output the caller reads; each line of its standard error is told.
    It inherits what is open here.  If the caller is interrupted, the program and all that it
    started are asked to end, so that they can take away what they have not finished; then they are
    made to."""
    alive, theirs = os.pipe()           # `alive` ends once all have ended that inherited `theirs`
    os.set_inheritable(theirs, True)
    process = launch(command, end_by=signal.SIGTERM, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                     close_fds=False, encoding="utf-8", errors="backslashreplace", **options)
    os.close(theirs)
    errors = threading.Thread(target=tell_lines, args=(process.stderr, tell), daemon=True)
    errors.start()
    try:
        yield process
        process.wait()
    except BaseException:
        signal_all(process, signal.SIGTERM)
        select.select([alive], [], [], GRACE)
        raise
    finally:
        end(process)
        errors.join(REST)
        os.close(alive)


def tell_lines(stream, tell):
    for line in stream:
        tell(line.rstrip("\n"))


def how(status):
    """How a process ended, from its status as subprocess gives it."""
    return f"by signal {-status}" if status < 0 else f"status {status}"


def of_shell(status):
    """The status of a process as subprocess gives it, from what a shell says: that adds 128 to the
    number of a signal."""
    return status if status in ISA_DEBUG_EXIT or status <= 128 else 128 - status


def silence(stream):
    """Nothing more is written there: Python would try once more as it ends, and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def processors():
    """How many of them this process may use."""
    return len(os.sched_getaffinity(0))

"""Memory of this process, now and at its highest. Does not know what took it."""

import resource
from pathlib import Path


def resident_mb() -> float:
    """Megabytes of this process in memory now; 0 where the system does not tell."""
    return _told("VmRSS:") or 0.0


def peak_mb() -> float:
    """Megabytes of this process in memory at the most so far."""
    # Not `ru_maxrss` where it can be helped: Linux hands it on from the process that started this one, so the
    # child of a large process is as large as that from its first moment.
    told = _told("VmHWM:")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if told is None else told


def _told(name: str) -> float | None:
    """Megabytes of a line of the kernel's report; None where there is no such line."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), None)

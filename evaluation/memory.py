"""Memory of this process at its highest, beside `isolated.resident_mb`, which is of now.

Does not know what took it.
"""

import resource
from pathlib import Path


def peak_mb() -> float:
    """Megabytes of this process in memory at the most so far."""
    # Not `ru_maxrss` where it can be helped: Linux hands it on from the process that started this one, so the
    # child of a large process is as large as that from its first moment.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    for line in lines:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

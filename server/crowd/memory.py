"""Resident memory of the process that listens on a port of this machine. Linux only."""

import ipaddress
import socket
from pathlib import Path
from urllib.parse import urlsplit

_LISTENING = "0A"  # the state in /proc/net/tcp, see proc_pid_net(5)
_PROC = Path("/proc")


def server_pid(url: str) -> int | None:
    """The process listening at an address of this machine; None elsewhere, or when it is somebody else's."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if not _is_local(parts.hostname or ""):
        return None
    sockets = {f"socket:[{inode}]" for name in ("tcp", "tcp6") for inode in _listening(name, port)}
    for process in _PROC.glob("[0-9]*"):
        try:
            if any(str(one.readlink()) in sockets for one in (process / "fd").iterdir()):
                return int(process.name)
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return None


def resident_mb(pid: int) -> float | None:
    """Megabytes (10^6 bytes) in memory; None when the process has ended."""
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return None
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), None)
    return None if kilobytes is None else kilobytes * 1024 / 1e6


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(socket.gethostbyname(host)).is_loopback
    except OSError:
        return False


def _listening(name: str, port: int) -> list[str]:
    try:
        rows = (_PROC / "net" / name).read_text().splitlines()[1:]
    except OSError:
        return []
    fields = [row.split() for row in rows]
    return [row[9] for row in fields if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port]

"""Files that a person took in although they look suspicious, by digest: a rebuild takes them in again.

    index/accepted.txt     one line a file: digest, then the source it had

Does not know why they were suspicious.
"""

from pathlib import Path

_NAME = "accepted.txt"


def accepted_digests(index_dir: Path) -> frozenset[str]:
    """Digests (SHA-256, hexadecimal) of the files accepted so far."""
    try:
        lines = (index_dir / _NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.split()[0] for line in lines if line.strip())


def remember_accepted(index_dir: Path, digest: str, source: str) -> None:
    """Add a file to those accepted."""
    with (index_dir / _NAME).open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write(f"{digest}  {source}\n")

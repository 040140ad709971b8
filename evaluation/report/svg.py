"""Matplotlib figures as SVG that lives inside a page: its colours, its type, no outside reference.

Figures are drawn in the placeholder colours below and get the page's CSS variables afterwards, so that one
drawing suits light, dark and paper. Knows SVG; does not know what is drawn.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, MUTED, LINE, PAPER = "#010101", "#020202", "#030303", "#040404"
SERIES = ("#110001", "#110002", "#110003", "#110004", "#110005", "#110006")
SHOWN = len(SERIES)  # more systems than colours that can be told apart are left to the tables
MARKERS = ("o", "s", "D", "^", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))

_VARIABLES = {INK: "--ink", MUTED: "--muted", LINE: "--line", PAPER: "--paper"} | {
    colour: f"--series-{at}" for at, colour in enumerate(SERIES, 1)
}
_STYLE: Any = {
    "svg.hashsalt": "tro-ly-nghi-quyet",  # otherwise the ids, and so the bytes, differ from run to run
    "svg.fonttype": "none",  # text stays text: found, read aloud, and a tenth of the size of outlines
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "text.color": INK,
    "text.parse_math": False,  # a name with two dollar signs is a name, not a formula
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "figure.facecolor": "none",
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
}
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_DROPPED = re.compile(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", re.DOTALL)
_NAMESPACES = re.compile(r'\s+xmlns(?::\w+)?="[^"]*"')


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with its title, a caption, and what it shows in words for those who do not see it."""

    title: str
    caption: str
    alternative: str
    svg: Markup


@contextmanager
def style() -> Iterator[None]:
    """Draw in here: the look of all plots, and the same bytes for the same data."""
    from matplotlib import rc_context

    with rc_context(_STYLE), warnings.catch_warnings():
        # Text stays text: the browser's fonts have what the font that measures it lacks.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font", UserWarning)
        yield


def embedded(figure: "Figure", name: str) -> Markup:
    """The figure as an `<svg>` element; `name` keeps its ids apart from those of other figures."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = _NAMESPACES.sub("", _DROPPED.sub("", _PROLOGUE.sub("", buffer.getvalue(), count=1)))
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    text = re.sub(r"'DejaVu Sans'[^;\"]*", "var(--font)", text)
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", text)
    text = re.sub(r'<svg\b([^>]*?)\s+height="[^"]*"', r"<svg\1", text, count=1)
    text = re.sub(r'<svg\b([^>]*?)\s+width="[\d.]+pt"', r"<svg\1", text, count=1)
    # The drawing's description is beside it, in words; its parts mean nothing when read aloud one by one.
    return Markup(text.strip().replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))

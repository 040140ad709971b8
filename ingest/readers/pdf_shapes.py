"""What is drawn on a PDF page: ruling lines, and how much of it images cover; places as the page is shown.

Does not know text. Curves and slanted lines are taken as the box around them.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]

_MAX_OBJECTS = 50_000  # the fullest real page has 800; more is an attack or a drawing
_MAX_SEGMENTS = 2_000  # of one path
_RECTANGLE = 5  # segments of a rectangle
_THIN = 3.0  # points: a ruling line; Word draws table borders as rectangles 0.5 pt thick


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line, from `start` to `end` along it, at `at` across it, in points."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's visible box and rotation: from PDF space (y up, unrotated) to the page as shown."""

    box: Box
    rotation: int

    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        left, bottom, right, top = self.box
        return (top - bottom, right - left) if self.rotation in (90, 270) else (right - left, top - bottom)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as shown, from the upper left corner."""
        left, bottom, right, top = self.box
        if self.rotation == 90:
            return y - bottom, x - left
        if self.rotation == 180:
            return right - x, y - bottom
        if self.rotation == 270:
            return top - y, right - x
        return x - left, top - y

    def rect(self, bounds: Box) -> Box:
        """A box as shown: left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.point(*bounds[:2]), self.point(*bounds[2:])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The ruling lines of a page, the share of it that images cover (0..1), and the number of shapes."""

    rules: tuple[Rule, ...]
    picture: float
    count: int


def drawn(page: Any, frame: Frame) -> Shapes:
    """What is drawn on a page."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    covered = 0.0
    shapes = 0
    width, height = frame.size()
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            shapes += 1
            rules += (rule for box in _boxes(thing) if (rule := _rule(frame.rect(box))))
        # What a form holds is not looked into: scanning software wraps the page's image in one.
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) and (bounds := _bounds(thing)):
            left, top, right, bottom = frame.rect(bounds)
            covered += max(0.0, min(right, width) - max(left, 0)) * max(
                0.0, min(bottom, height) - max(top, 0)
            )
    return Shapes(tuple(rules), min(1.0, covered / max(width * height, 1.0)), shapes)


def _rule(box: Box) -> Rule | None:
    left, top, right, bottom = box
    if bottom - top <= _THIN and right - left > bottom - top:
        return Rule(True, (top + bottom) / 2, left, right)
    if right - left <= _THIN:
        return Rule(False, (left + right) / 2, top, bottom)
    return None


def _bounds(thing: Any) -> Box | None:
    import pypdfium2.raw as pdfium

    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(thing, *edges):
        return None
    return edges[0].value, edges[1].value, edges[2].value, edges[3].value


def _boxes(path: Any) -> Iterator[Box]:
    """The box around a path; of one with several parts or corners, around every straight line of it."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(path)
    bounds = _bounds(path)
    if bounds is None:
        return
    if count <= _RECTANGLE and _rule(bounds):
        yield bounds
        return
    matrix = pdfium.FS_MATRIX()
    if count > _MAX_SEGMENTS or not pdfium.FPDFPageObj_GetMatrix(path, matrix):
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    for part in _parts(path, count, matrix):
        xs, ys = [x for x, _ in part], [y for _, y in part]
        whole = min(xs), min(ys), max(xs), max(ys)
        if _rule(whole):
            yield whole
        elif stroke.value:
            for (x0, y0), (x1, y1) in zip(part, [*part[1:], part[0]], strict=True):
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _parts(path: Any, count: int, matrix: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of a path's parts in PDF space."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        part.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
    if part:
        yield part

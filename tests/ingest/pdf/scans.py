"""Images of pages: letters drawn on paper, as a scanner sees them."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

# Pillow's own font has no Vietnamese letters.
_FONTS = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf", "DejaVuSans.ttf")
_PAGE = (1654, 2339)  # A4 at 200 dpi


def page_image(lines: Sequence[str], size: int = 34) -> Image.Image:
    """A page with these lines; skips the test where no Vietnamese font is installed."""
    image = Image.new("L", _PAGE, 250)
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((200, 200 + at * 60), line, fill=20, font=vietnamese_font(size))
    return image


def jpeg_of(lines: Sequence[str]) -> tuple[bytes, int, int]:
    """The same as JPEG with its width and height; letters are drawn if there is a font."""
    image = Image.new("L", _PAGE, 250)
    ImageDraw.Draw(image).text((200, 200), "\n".join(lines).encode("ascii", "ignore").decode(), fill=20)
    return jpeg(image), *_PAGE


def jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def vietnamese_font(size: int) -> ImageFont.FreeTypeFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    for folder in (Path("/usr/share/fonts"), Path("/usr/local/share/fonts")):
        for name in _FONTS:
            if found := next(folder.rglob(name), None):
                return ImageFont.truetype(str(found), size)
    pytest.skip(f"no font with Vietnamese letters: {', '.join(_FONTS)}")

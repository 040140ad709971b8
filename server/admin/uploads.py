"""Files out of a multipart request, streamed to disk and bounded while they arrive.

What the request says of its length is not believed; a file is in memory up to 1 MB and then on disk. Knows
HTTP; does not know where files go.
"""

from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from server.admin.errors import TooLargeError, UploadError

_MB = 1_000_000  # as everywhere that ASSISTANT_MAX_UPLOAD_MB counts
ENVELOPE = 64 * 1024  # boundaries, headers and the other fields
_MOST_FILES, _MOST_FIELDS = 200, 10
# What comes after the bound is thrown away and the answer given then: a browser that is still sending shows
# "connection reset" instead of it. Beyond so many times the bound it gets no such courtesy.
_COURTESY = 4


async def uploaded(request: Request, megabytes: int) -> FormData:
    """The fields of a form, files among them; close it after use. `megabytes` bound the whole request.

    Raises TooLargeError beyond `megabytes` in all, UploadError for what is no form.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UploadError("Chưa có tệp nào được gửi. Chọn tệp rồi bấm “Tải lên”")
    limit = megabytes * _MB
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > _COURTESY * limit:
        raise _too_large(megabytes)
    parser = MultiPartParser(
        request.headers,
        _bounded(request, limit, megabytes),
        max_files=_MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=ENVELOPE,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise UploadError(
            f"Không đọc được biểu mẫu ({error.message}). Gửi ít tệp hơn trong một lần"
        ) from error
    except OSError as error:
        raise UploadError(
            f"Máy chủ không nhận được tệp ({error.strerror}). Kiểm tra dung lượng đĩa"
        ) from error


async def _bounded(request: Request, limit: int, megabytes: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            yield chunk
        elif size > _COURTESY * limit:
            break
    if size > limit:
        raise _too_large(megabytes)


def largest_file(megabytes: int) -> int:
    """Bytes of the largest file that fits a request."""
    return megabytes * _MB - ENVELOPE


def _too_large(megabytes: int) -> TooLargeError:
    return TooLargeError(
        f"Mỗi lần gửi được tối đa {megabytes} MB. Gửi từng tệp một, tách tệp lớn, hoặc nhờ quản trị máy chủ "
        "tăng ASSISTANT_MAX_UPLOAD_MB"
    )

"""Administration: documents in and out of the folder, the index, what people could not find.

Knows HTTP and the documents folder; everything here needs the role admin.
"""

from server.admin.routes import router

__all__ = ["router"]

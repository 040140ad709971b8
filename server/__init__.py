"""One FastAPI application on one port: the chat, the documents, the widget, the API, administration.

Knows HTTP; asks `assistant` for answers and `records` for what is kept.
"""

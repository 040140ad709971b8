"""The held documents in the browser: a list, each text with its outline and permalinks, pages, the original.

Knows the index and HTTP; nothing here changes a document.
"""

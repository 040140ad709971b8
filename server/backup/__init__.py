"""Backup and restore of an installation: documents, index, records and, when asked for, who may come in.

    documents/…                 every file of the documents folder, related.yaml too; not the bin
    index/CURRENT, index/generations/NAME/…, index/accepted.txt     the generation in use
    records/records.sqlite
    secrets/users, secrets/keys     only with --with-secrets
    manifest.json               last: versions, and size and SHA-256 of every file

Knows files; nothing of HTTP, and nothing of what the files mean.
"""

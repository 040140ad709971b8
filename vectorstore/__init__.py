"""Passages to and from the index: the encoder, Chroma for vectors, BM25 for words.

Knows how passages are stored and scored. Knows nothing of questions, ranking or answers.
"""

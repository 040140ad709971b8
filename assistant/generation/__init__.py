"""Answers in the words of a language model: asked for, checked, and given up where it fails."""

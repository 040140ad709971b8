"""From what somebody typed to what they mean: spelling, abbreviations, everyday words, other languages.

Every step is a module of its own and only proposes; `reading` puts them together and says what was changed.
"""

"""Questions with known answers in, measures out. Knows the assistant only through its public face."""

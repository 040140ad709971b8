"""Many people who ask a running server at once, and whether each gets the answer to their own question."""

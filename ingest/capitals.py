"""Capital letters of Vietnamese, as a class for patterns. Knows nothing else."""

# For use inside brackets. "À-Ỹ" would hold small letters, too.
UPPER = "A-Z" + "".join(c for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper())

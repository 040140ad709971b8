"""One command of `python -m evaluation` a module: arguments, what is printed, exit status."""

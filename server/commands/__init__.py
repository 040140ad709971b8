"""One command of `python -m server` a module: arguments, what is printed, exit status."""

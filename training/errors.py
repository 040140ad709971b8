"""What a person has to mend before training goes on."""


class TrainingError(Exception):
    """What is wrong with which input, and how to mend it."""

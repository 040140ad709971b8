"""What can go wrong for somebody who evaluates.

ProductError
└── EvaluationProblem       the command cannot be carried out
    ├── QuestionFileError   a question file cannot be used: file, line, mend
    ├── SentenceFileError   a file of sentences with verdicts cannot be used: file, line, mend
    ├── DatasetError        a dataset folder, run or qrels cannot be used: file, line, mend
    └── ResultError         a stored result cannot be used
"""

from corpus.errors import ProductError


class EvaluationProblem(ProductError):  # noqa: N818
    """An evaluation cannot be carried out; the text says why and what mends it."""


class QuestionFileError(EvaluationProblem):
    """A question file cannot be used; the text names file and line."""


class SentenceFileError(EvaluationProblem):
    """A file of sentences with verdicts cannot be used; the text names file and line."""


class DatasetError(EvaluationProblem):
    """A dataset folder, run or qrels file cannot be used; the text names file and line."""


class ResultError(EvaluationProblem):
    """A result file cannot be read or compared; the text names the file."""

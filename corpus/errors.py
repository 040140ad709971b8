"""The root of every error that a person using the product can meet.

ProductError            one message: what is wrong with which input, then the mend
├── ingest.errors.IngestError        a file or folder cannot be read
├── vectorstore.errors.IndexProblem  the index is absent, foreign, locked or cannot be written
├── vectorstore.errors.EncoderProblem  the encoder cannot be prepared or loaded
├── assistant.settings.SettingsError   an ASSISTANT_… value cannot be used
└── assistant.question.QuestionError   a question cannot be taken
"""


class ProductError(Exception):
    """Shown to the user as it is, without a traceback: the text names the input and ends with the mend."""

"""The chat page in the browser: how conversation and sources look and react.

Knows nothing about how answers are found. Importing anything from here first switches off what Gradio would
send to its makers, because Gradio reads that setting while it is imported.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

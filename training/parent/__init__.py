"""The network that training starts from, multilingual-e5-small, as a folder sentence-transformers loads."""

"""Who is asking: users file, trusted proxy, API keys, or nobody in particular."""

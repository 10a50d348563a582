"""The conversation page: questions, answers with their quotes, sources, and what its reader does with them."""

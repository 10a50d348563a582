"""Other systems, each in its own virtual environment, answering the same questions on the same PDFs and weights."""

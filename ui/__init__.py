"""The faces of Vigie: the chat page and the command line."""

"""The reading bench: is the text that Vigie reads the text that is printed? Each module is a command."""

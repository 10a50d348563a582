"""Two editions of real publications compared: is what the comparison says true?"""

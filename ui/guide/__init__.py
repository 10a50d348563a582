"""« Le recueil »: browse publications and their sections, search in them, open a page, ask about a section."""

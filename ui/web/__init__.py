"""The web server: the HTML page, its script and style sheet, headers, and the files it gives out."""

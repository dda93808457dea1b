"""From composed words to pages: an engine makes HTML, one finishing step makes the
page, WeasyPrint the PDF.
"""

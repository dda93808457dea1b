"""Documents of anybody's, read as passages: Word, PDF, HTML and Markdown."""

"""Word: the finished page as a document that people comment on, its numbers bound."""

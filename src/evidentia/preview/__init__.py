"""The page while one types: a local page that follows the files of an evaluation folder."""

"""The PDF: the page rearranged for paper and set."""

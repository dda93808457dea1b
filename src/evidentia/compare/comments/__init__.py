"""What comes back of a document that was sent round: comments, tracked changes, numbers typed over."""

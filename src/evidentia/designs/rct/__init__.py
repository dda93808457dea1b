"""A trial: people or clusters assigned to arms at random, and how their outcomes differ."""

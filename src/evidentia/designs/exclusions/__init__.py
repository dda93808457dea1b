"""The design `exclusions`: who was left out of prepared data, and by which rule."""

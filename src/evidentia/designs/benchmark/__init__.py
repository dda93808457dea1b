"""Design ``benchmark``: an area against its statistical neighbours and the nation."""

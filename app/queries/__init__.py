"""Reading: the only place with select(). Session first, a stable order always, all that is needed loaded."""

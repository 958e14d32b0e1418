"""The other door: commands. Each is a dry run unless told to commit."""

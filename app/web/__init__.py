"""The door for browsers: one folder a feature, ``shared/`` for what all of them stand on."""

"""The rules: values in, values out. Standard library only, no sentences for people."""

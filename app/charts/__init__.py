"""Charts: a domain value and a language in; drawing, words, table, source and the figure for Plotly out."""

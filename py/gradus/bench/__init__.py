"""Measures a built site in real browsers, side by side with a page of plain Pyodide that draws the same."""

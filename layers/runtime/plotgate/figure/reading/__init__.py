"""What a figure shows: for its alt text and its CSV.

`panels` finds the axes, `kinds` holds one file for each kind of artist: what recognises it, and how it is put into
words. What no kind knows is left out of both.
"""

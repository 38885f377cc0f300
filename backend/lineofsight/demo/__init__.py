"""Kestrel County: an invented agency to try the product with.

`agency.invent` makes it as plain dataclasses (no database, no clock: the same arguments give the same
agency); `seed.seed` writes it. Texts live in `work/*.txt`: an editor can read them without reading code.
"""

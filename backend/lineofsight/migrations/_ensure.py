"""What every database must hold; made after the migrations, in their transaction."""

from lineofsight.people.setup import ensure

__all__ = ["ensure"]

"""Line of Sight: one graph of a public agency, from the mission to each person's goals."""

__version__ = "0.1.0"

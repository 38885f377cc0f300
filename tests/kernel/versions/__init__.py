"""Models of an imagined program in two versions, to migrate between."""

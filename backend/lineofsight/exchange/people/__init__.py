"""People from HR exports and published organograms: units, positions, reporting lines, persons, holdings."""

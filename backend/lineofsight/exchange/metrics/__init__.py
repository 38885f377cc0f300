"""Metrics with targets and values by period, from performance reports and published data sets."""

"""Credit tiers: points, thresholds, and the way of a proposed tier."""

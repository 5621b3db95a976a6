"""Where hospitals' systems send waits and visits: JSON in, JSON out, outside the languages."""

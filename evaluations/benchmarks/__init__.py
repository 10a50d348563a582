"""Benchmarks that anyone can run again; their figures go to docs/measurements.md."""

"""The support set: statements that a passage does or does not support, for fitting and judging the checker."""

"""Is the gate worth its name? Faults put into the system on purpose, and reruns in which nothing changed."""

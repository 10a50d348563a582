"""The chat under load, and its memory over many conversations: many browsers' protocol, spoken by one small process."""

# Passive authentication against other people's documents and lists.
conformance_cases chip chip

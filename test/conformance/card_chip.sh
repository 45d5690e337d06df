# DG1 and DG13 of other people's documents.
conformance_cases card_chip chip

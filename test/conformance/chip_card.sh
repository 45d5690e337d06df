# DG1 and DG13 of other people's documents.
conformance_cases chip_card chip

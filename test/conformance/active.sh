# Active authentication against other people's answers of chips.
conformance_cases active chip

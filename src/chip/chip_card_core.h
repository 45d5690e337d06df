/*
 * chip_card_core.h
 *		What the chip of a card says of its holder: the machine readable zone
 *		of DG1 and the particulars of DG13, and whether they agree.
 */
#ifndef CCCD_CHIP_CARD_CORE_H
#define CCCD_CHIP_CARD_CORE_H

#include "base/bytes_core.h"
#include "scan/scan_core.h"

/*
 * What is to be said besides the flags of a scan, in the order in which it is
 * said.  The manual explains each.
 */
#define CCCD_CHIP_FLAG_LIST(X) \
	/* the files */ \
	X(dg1_missing) X(dg13_missing) X(dg_malformed) X(dg_unknown) \
	X(dg_duplicate) X(dg_trailing) \
	/* the zone of DG1 */ \
	X(dg1_malformed) X(mrz_length) X(mrz_charset) \
	/* DG13 */ \
	X(dg13_malformed) X(dg13_version) X(dg13_ber) X(dg13_field_unknown) \
	X(dg13_field_duplicate) X(dg13_field_type) \
	/* what contradicts what */ \
	X(dg13_id_mismatch) X(dg13_name_mismatch) X(dg13_dob_mismatch) \
	X(dg13_sex_mismatch) X(dg13_expiry_mismatch) X(scanned_id_mismatch)

typedef enum CccdChipFlag
{
#define CCCD_CHIP_FLAG_ENUM(name)	CCCD_CHIP_FLAG_##name,
	CCCD_CHIP_FLAG_LIST(CCCD_CHIP_FLAG_ENUM)
#undef CCCD_CHIP_FLAG_ENUM
	CCCD_CHIP_FLAG_COUNT
} CccdChipFlag;

#define CCCD_CHIP_FLAG(name)	(UINT32_C(1) << CCCD_CHIP_FLAG_##name)

/*
 * Room for every field at its longest: name, two places, the others of
 * CCCD_EXTRA_MAX bytes, and the short ones.
 */
#define CCCD_CHIP_FIELD_SHORT	64
#define CCCD_CHIP_TEXT \
	(CCCD_NAME_MAX + 2 * CCCD_ADDRESS_MAX + \
	 (8 + CCCD_SCAN_EXTRA) * CCCD_EXTRA_MAX + 6 * CCCD_CHIP_FIELD_SHORT)

typedef struct CccdChipCard
{
	bool		readable;		/* DG1 or DG13 could be read */
	CccdScan	card;			/* of both; its slices point into either text */
	CccdScan	zone;			/* of DG1 alone */
	uint32_t	flags;
	CccdSlice	nationality;
	CccdSlice	ethnicity;
	CccdSlice	religion;
	CccdSlice	origin;
	CccdSlice	marks;
	CccdSlice	father;
	CccdSlice	mother;
	CccdSlice	spouse;
	CccdSlice	serial;
	size_t		used;
	char		text[CCCD_CHIP_TEXT];
} CccdChipCard;

extern const char *const cccd_chip_flag_names[CCCD_CHIP_FLAG_COUNT];

/*
 * Read count files of a chip, in any order, known by their tags; they need not
 * live on. scanned is the number that the card's code or its face showed, or
 * NULL: with a number, a chip that says another one, or none, has a flag.  The
 * slices of the result point into it, so it must not be copied.
 */
extern void cccd_chip_card_read(const CccdBytes *files, int count,
								const int64_t *scanned, CccdChipCard *card);

#endif							/* CCCD_CHIP_CARD_CORE_H */

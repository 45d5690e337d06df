/*
 * country_core.h
 *		State codes: two letters in certificates, three in the MRZ.
 */
#ifndef CCCD_COUNTRY_CORE_H
#define CCCD_COUNTRY_CORE_H

#include <stdbool.h>
#include <stddef.h>

/* Letters of a code of ISO 3166-1 alpha-2. */
#define CCCD_COUNTRY_SIZE	2

/* Whether a text of length bytes has the form of such a code: two capitals. */
extern bool cccd_country_has_form(const char *text, size_t length);

/*
 * The two letters of a code of one to three capitals (ISO 3166-1, Doc 9303-3
 * section 5), which ends with a zero byte.  Returns a constant, or the code
 * itself if it has two letters or is not in the table.
 */
extern const char *cccd_country_two_letters(const char *code);

/*
 * Whether two codes of whichever length name one state; an empty code names
 * none.
 */
extern bool cccd_country_equal(const char *a, const char *b);

/*
 * Whether documents whose MRZ has the code zone are of the state that a
 * certificate names: the same one; Hong Kong and Macao have CSCAs of their own
 * and China's code in the MRZ.
 */
extern bool cccd_country_fits_zone(const char *zone, const char *country);

#endif							/* CCCD_COUNTRY_CORE_H */

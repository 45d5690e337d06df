/*
 * country_core.h
 *		State codes: two letters in certificates, three in the MRZ.
 */
#ifndef CCCD_COUNTRY_CORE_H
#define CCCD_COUNTRY_CORE_H

#include <stdbool.h>

extern const char *cccd_country_two_letters(const char *code);
extern bool cccd_country_equal(const char *a, const char *b);

#endif							/* CCCD_COUNTRY_CORE_H */

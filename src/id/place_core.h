/*
 * place_core.h
 *		The places of the number's first three digits.
 */
#ifndef CCCD_PLACE_CORE_H
#define CCCD_PLACE_CORE_H

#define CCCD_PLACE_PROVINCES		63
#define CCCD_PLACE_SUCCESSORS		34
#define CCCD_PLACE_FIRST_COUNTRY	101
#define CCCD_PLACE_LAST_COUNTRY		295

/* Names are UTF-8 in NFC; NULL or 0 where there is none. */
extern const char *cccd_place_name(int place);
extern int	cccd_place_successor(int place);
extern const char *cccd_place_successor_name(int code);

#endif							/* CCCD_PLACE_CORE_H */

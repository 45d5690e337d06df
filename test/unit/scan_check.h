/*
 * scan_check.h
 *		What must hold of every scan that was read, however hostile its text.
 *		The unit tests and the fuzzers share it.
 */
#ifndef SCAN_CHECK_H
#define SCAN_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/calendar_core.h"
#include "scan/scan_core.h"
#include "scan/card_write_core.h"

/* Flags that say why nothing was read. */
#define REASONS \
	(CCCD_FLAG(EMPTY) | CCCD_FLAG(TOO_LONG) | CCCD_FLAG(NOT_TEXT) | \
	 CCCD_FLAG(UNRECOGNISED))

/*
 * A slice lies in the scan's own text, is UTF-8, within its limit, and holds
 * neither a bar nor anything that cannot be seen.
 */
static bool
slice_is_sound(const CccdScan *scan, CccdSlice slice, size_t limit)
{
	size_t		at = 0;

	if (slice.ptr == NULL)
		return slice.len == 0;
	if (slice.ptr < scan->text ||
		slice.ptr + slice.len > scan->text + sizeof(scan->text) ||
		slice.len > limit)
		return false;
	while (at < slice.len)
	{
		uint32_t	code;
		size_t		size = cccd_utf8_decode(slice.ptr + at, slice.len - at,
											&code);

		if (size == 0 || code == '|' || cccd_text_is_control(code))
			return false;
		at += size;
	}
	return true;
}

static bool
date_is_sound(int32_t date)
{
	return date == CCCD_NO_DATE ||
		(date >= cccd_days_from_civil(1900, 1, 1) &&
		 date <= cccd_days_from_civil(2399, 12, 31));
}

static bool
id_is_sound(int64_t id)
{
	return id >= 0 && id <= INT64_C(999999999999);
}

static bool
slices_equal(CccdSlice a, CccdSlice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* A card without a flag can be written, and reads as it did. */
static bool
card_round_trips(const CccdScan *scan)
{
	CccdCard	card;
	char		text[CCCD_SCAN_MAX];
	size_t		len;
	const char *field;
	static CccdScan again;

	card.kind = scan->kind;
	card.id = scan->id;
	card.old_id = scan->old_id;
	card.name = scan->name;
	card.address = scan->address;
	card.birth_date = scan->birth_date;
	card.issued = scan->issued;
	card.sex = scan->sex;
	if (cccd_card_write(&card, text, &len, &field) != CCCD_WRITE_OK)
		return false;
	cccd_scan_read(text, len, &again);
	return again.kind == scan->kind && again.flags == 0 &&
		again.id == scan->id && again.sex == scan->sex &&
		again.birth_date == scan->birth_date &&
		again.issued == scan->issued &&
		slices_equal(again.old_id, scan->old_id) &&
		slices_equal(again.name, scan->name) &&
		slices_equal(again.address, scan->address);
}

static bool
scan_is_sound(const CccdScan *scan)
{
	int			i;

	if ((int) scan->kind < 0 || scan->kind >= CCCD_KIND_COUNT ||
		scan->flags >> CCCD_FLAG_COUNT != 0 ||
		(scan->flags & (CCCD_FLAG(UNTRANSLATABLE) |
						CCCD_FLAG(KIND_UNEXPECTED))) != 0)
		return false;
	if ((scan->kind == CCCD_KIND_UNKNOWN) != ((scan->flags & REASONS) != 0))
		return false;
	if (!slice_is_sound(scan, scan->old_id, 12) ||
		!slice_is_sound(scan, scan->name, CCCD_NAME_MAX) ||
		!slice_is_sound(scan, scan->address, CCCD_ADDRESS_MAX) ||
		!date_is_sound(scan->birth_date) || !date_is_sound(scan->issued) ||
		!date_is_sound(scan->expires) ||
		(scan->id != CCCD_NO_ID && !id_is_sound(scan->id)) ||
		(scan->sex != 0 && scan->sex != 'M' && scan->sex != 'F') ||
		scan->cancelled_count < 0 ||
		scan->cancelled_count > CCCD_SCAN_CANCELLED ||
		scan->extra_count < 0 || scan->extra_count > CCCD_SCAN_EXTRA)
		return false;
	for (i = 0; i < scan->cancelled_count; i++)
	{
		if (!id_is_sound(scan->cancelled[i]))
			return false;
	}
	for (i = 0; i < scan->extra_count; i++)
	{
		if (!slice_is_sound(scan, scan->extra[i], CCCD_EXTRA_MAX))
			return false;
	}
	if (scan->kind == CCCD_KIND_UNKNOWN &&
		(scan->id != CCCD_NO_ID || scan->name.ptr != NULL ||
		 scan->old_id.ptr != NULL || scan->address.ptr != NULL ||
		 scan->birth_date != CCCD_NO_DATE || scan->sex != 0 ||
		 scan->extra_count != 0 || scan->cancelled_count != 0))
		return false;
	if ((CCCD_KINDS_CARD >> scan->kind & 1) != 0 && scan->flags == 0)
		return card_round_trips(scan);
	return true;
}

#endif							/* SCAN_CHECK_H */

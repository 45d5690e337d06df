/*
 * word_fuzz.c
 *		Fuzz the dictionary of words and the reader of written times: the first
 *		byte chooses the kind.
 */
#include <stdlib.h>
#include <string.h>

#include "base/calendar_core.h"
#include "base/text_core.h"
#include "health/word_core.h"
#include "health/word_time_core.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdWordTime time;
	CccdWordTime again;
	CccdWordBirth birth;
	CccdSlice	slice;
	char		written[CCCD_TIME_SIZE];
	char	   *text;
	int			code;

	if (size == 0)
		return 0;
	/* exactly as many bytes, so that one read behind them is noticed */
	text = malloc(size - 1 > 0 ? size - 1 : 1);
	memcpy(text, data + 1, size - 1);
	code = cccd_word_find((CccdWordKind) (data[0] % CCCD_WORD_KINDS), text,
						  size - 1);
	if (code < CCCD_WORD_NONE || code > 65535)
		abort();
	if (cccd_word_time_read(text, size - 1, &time))
	{
		/* what was read is read again from the form that we write */
		cccd_time_format(time.time, written);
		if (!cccd_word_time_read(written, strlen(written), &again) ||
			again.time != time.time || !again.has_clock)
			abort();
	}
	/* a date without a clock is a birth date that is wholly known */
	if (cccd_word_time_read(text, size - 1, &time) && !time.has_clock &&
		(!cccd_word_birth_read(text, size - 1, &birth) ||
		 birth.precision != CCCD_WORD_DAY || birth.day != time.day))
		abort();
	slice = cccd_text_trim(text, size - 1);
	if (slice.ptr < text || slice.ptr + slice.len > text + size - 1 ||
		cccd_text_trim(slice.ptr, slice.len).len != slice.len)
		abort();
	(void) cccd_text_is_composed(text, size - 1);
	free(text);
	return 0;
}

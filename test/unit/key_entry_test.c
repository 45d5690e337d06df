/*
 * key_entry_test.c
 *		Items of revocation lists: what can name anything, and what is found.
 */
#include "unit.h"

#include "trust/key_entry_core.h"

static CccdRevokedFault
check(int scope, const char *text, size_t length)
{
	CccdBytes	item = {(const uint8_t *) text, length};

	return cccd_revoked_item_check(scope, item);
}

/* Each length of each scope: as bytes, and as letters. */
static void
test_lengths(void)
{
	for (int scope = CCCD_REVOKED_UCI; scope <= CCCD_REVOKED_COUNTRY; scope++)
		for (size_t length = 0; length <= 70; length++)
		{
			char		bytes[70];
			char		letters[70];
			bool		known = length == (size_t) cccd_revoked_width(scope) ||
			length == CCCD_SHA256_SIZE;

			memset(bytes, 0x80, sizeof(bytes));
			memset(letters, 'a', sizeof(letters));
			if (scope == CCCD_REVOKED_COUNTRY)
			{
				CHECK(check(scope, bytes, length) == CCCD_REVOKED_STATE);
				CHECK(check(scope, letters, length) == CCCD_REVOKED_STATE);
				memset(letters, 'A', sizeof(letters));
				CHECK(check(scope, letters, length) ==
					  (length == 2 ? CCCD_REVOKED_GOOD : CCCD_REVOKED_STATE));
				continue;
			}
			CHECK(check(scope, bytes, length) ==
				  (known ? CCCD_REVOKED_GOOD : CCCD_REVOKED_LENGTH));
			/* the identifier of a key has eight bytes, which may be letters */
			CHECK(check(scope, letters, length) ==
				  (!known ? CCCD_REVOKED_LENGTH :
				   length > CCCD_KID_SIZE ? CCCD_REVOKED_HEX :
				   CCCD_REVOKED_GOOD));
		}
}

/*
 * A text is hexadecimal when each of its letters is a digit of it, and else an
 * identifier when each may be one's.
 */
static void
test_letters(void)
{
	for (int c = 0; c < 256; c++)
		for (int at = 0; at < CCCD_REVOKED_HASH; at++)
		{
			char		text[CCCD_REVOKED_HASH];
			bool		digit = c != 0 && strchr("0123456789abcdefABCDEF", c);
			bool		letter = c != 0 && strchr("ghijklmnopqrstuvwxyz"
												  "GHIJKLMNOPQRSTUVWXYZ"
												  "+/-_:#.=", c);

			memset(text, '0', sizeof(text));
			text[at] = (char) c;
			CHECK(check(CCCD_REVOKED_UCI, text, sizeof(text)) ==
				  (digit ? CCCD_REVOKED_HEX :
				   letter ? CCCD_REVOKED_TEXT : CCCD_REVOKED_GOOD));
		}
}

/* Lists of every size: what is on them, what lies between, what is shorter. */
static void
test_search(void)
{
	uint8_t		items[40 * CCCD_KID_SIZE];

	for (int count = 1; count <= 40; count++)
	{
		CccdRevokedEntry entry = {.scope = CCCD_REVOKED_KEY,
		.width = CCCD_KID_SIZE, .items = {items, 0}};

		memset(items, 7, sizeof(items));
		for (int k = 0; k < count; k++)
			items[k * CCCD_KID_SIZE] = (uint8_t) (2 * k + 1);
		entry.items.length = (size_t) count * CCCD_KID_SIZE;
		for (int first = 0; first <= 2 * count + 2; first++)
		{
			uint8_t		asked[CCCD_KID_SIZE + 1];
			CccdBytes	item = {asked, sizeof(asked)};

			memset(asked, 7, sizeof(asked));
			asked[0] = (uint8_t) first;
			/* a longer one is cut, a shorter one is not on the list */
			CHECK(cccd_revoked_entry_has(&entry, item) ==
				  (first % 2 == 1 && first < 2 * count));
			item.length = CCCD_KID_SIZE;
			CHECK(cccd_revoked_entry_has(&entry, item) ==
				  (first % 2 == 1 && first < 2 * count));
			item.length = CCCD_KID_SIZE - 1;
			CHECK(!cccd_revoked_entry_has(&entry, item));
			item.length = CCCD_KID_SIZE;
			asked[CCCD_KID_SIZE - 1] ^= 1;
			CHECK(!cccd_revoked_entry_has(&entry, item));
		}
	}
}

/* What is written is read, and has the size that was promised. */
static void
test_written(void)
{
	static uint8_t out[1024];
	static uint8_t items[40 * CCCD_REVOKED_HASH];

	for (size_t k = 0; k < sizeof(items); k++)
		items[k] = (uint8_t) (k / CCCD_REVOKED_HASH + (k % CCCD_REVOKED_HASH));
	for (size_t kid = 0; kid <= CCCD_KID_MAX; kid++)
		for (size_t count = 1; count <= 40; count++)
		{
			CccdRevokedEntry entry = {CCCD_REVOKED_SIGNATURE, {items, kid},
			CCCD_REVOKED_HASH, {items, count * CCCD_REVOKED_HASH}};
			CccdRevokedEntry again;
			CccdBytes	bytes = {out, cccd_revoked_entry_size(&entry)};

			CHECK(bytes.length <= sizeof(out));
			CHECK(cccd_revoked_entry_write(&entry, out) == bytes.length);
			CHECK(cccd_revoked_entry_read(bytes, &again));
			CHECK(again.scope == entry.scope && again.width == entry.width);
			CHECK(cccd_bytes_equal(again.kid, entry.kid));
			CHECK(cccd_bytes_equal(again.items, entry.items));
			bytes.length--;
			CHECK(!cccd_revoked_entry_read(bytes, &again));
		}
}

static bool
is_text(const char *text, size_t length)
{
	CccdBytes	kid = {(const uint8_t *) text, length};

	return cccd_kid_is_text(kid);
}

/* Identifiers of 8 and 32 bytes as text, and their neighbours. */
static void
test_key_ids(void)
{
	char		letters[64];

	memset(letters, 'A', sizeof(letters));
	for (size_t length = 0; length <= sizeof(letters); length++)
		CHECK(is_text(letters, length) ==
			  (length == 16 || length == 64 || length == 43));
	letters[15] = 'g';
	CHECK(!is_text(letters, 16) && !is_text(letters, 64));
	CHECK(is_text(letters, 43));
	letters[15] = '\0';
	CHECK(!is_text(letters, 43));
	CHECK(is_text("AQIDBAUGBwg=", 12) && !is_text("AQIDBAUGB g=", 12));
	CHECK(!is_text("AQIDBAUGBw==", 12) && !is_text("AQIDBAUGBwg", 11));
	CHECK(!is_text("\x01\x02\x03\x04\x05\x06\x07\x08", 8));
}

int
main(void)
{
	test_key_ids();
	test_lengths();
	test_letters();
	test_search();
	test_written();
	return finish();
}

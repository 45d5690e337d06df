/*
 * qr_protocol_test.c
 *		What the backend and the QR code reader say to each other, and what
 *		neither believes of the other.
 */
#include "unit.h"

#include "qr/protocol_core.h"

static void
check_hello(void)
{
	uint8_t		bytes[CCCD_HELLO_SIZE];

	cccd_hello_put(bytes);
	CHECK(cccd_hello_get(bytes));
	for (int i = 0; i < CCCD_HELLO_SIZE; i++)
	{
		bytes[i] ^= 0x20;
		CHECK(!cccd_hello_get(bytes));
		bytes[i] ^= 0x20;
	}
}

static void
check_request(void)
{
	CccdRequest in = {0xFEDCBA98, CCCD_PICTURE_MAX_BYTES},
				out = {0};
	uint8_t		bytes[CCCD_REQUEST_SIZE];

	cccd_request_put(&in, bytes);
	CHECK(cccd_request_get(bytes, &out));
	CHECK(out.serial == in.serial && out.length == in.length);
	bytes[0] = 'X';
	CHECK(!cccd_request_get(bytes, &out));
	in.length++;
	cccd_request_put(&in, bytes);
	CHECK(!cccd_request_get(bytes, &out));
}

static bool
accepted(CccdReply reply)
{
	uint8_t		bytes[CCCD_REPLY_SIZE];
	CccdReply	back;

	cccd_reply_put(&reply, bytes);
	if (!cccd_reply_get(bytes, &back))
		return false;
	CHECK(memcmp(&reply, &back, sizeof(reply)) == 0);
	return true;
}

static void
check_reply(void)
{
	const CccdReply good = {7, CCCD_PICTURE_OK, CCCD_REPLY_RETIRES, 640, 480,
	2, 2 * CCCD_SCANNED_SIZE};
	CccdReply	bad = good;

	CHECK(accepted(good));
	bad.status = (CccdPictureStatus) (CCCD_PICTURE_STATUS_LAST + 1);
	CHECK(!accepted(bad));
	bad.status = CCCD_PICTURE_BROKEN;	/* with codes */
	CHECK(!accepted(bad));
	bad.codes = bad.length = 0;
	CHECK(accepted(bad));
	bad.status = CCCD_PICTURE_STATUS_LAST;
	CHECK(accepted(bad));
	bad.status = (CccdPictureStatus) (CCCD_PICTURE_STATUS_LAST + 1);
	CHECK(!accepted(bad));
	bad = good;
	bad.flags = 2;
	CHECK(!accepted(bad));
	bad = good;
	bad.codes = CCCD_SCAN_MAX_CODES + 1;
	bad.length = CCCD_SCAN_MAX_REPLY;
	CHECK(!accepted(bad));
	bad.codes = CCCD_SCAN_MAX_CODES;
	CHECK(accepted(bad));
	bad.length++;
	CHECK(!accepted(bad));
	bad = good;
	bad.length--;				/* too short for its codes */
	CHECK(!accepted(bad));
	bad.codes = 0;				/* bytes of no code */
	CHECK(!accepted(bad));
}

static CccdScannedCode
a_code(void)
{
	CccdScannedCode code = {CCCD_READER_ZXING, CCCD_STEP_LAST,
		{0, -1, CCCD_CORNER_MAX, -CCCD_CORNER_MAX, 5, 6, 7, 8},
	5, (const uint8_t *) "a\0b\xFFz"};

	return code;
}

static void
check_codes(void)
{
	uint8_t		bytes[3 * CCCD_SCANNED_SIZE];
	CccdScannedCode in = a_code(),
				out;
	size_t		length = 0,
				pos = 0;

	CHECK(cccd_scanned_put(&in, bytes, sizeof(bytes), &length));
	CHECK(cccd_scanned_put(&in, bytes, sizeof(bytes), &length));
	CHECK(length == 2 * (CCCD_SCANNED_SIZE + 5));
	CHECK(!cccd_scanned_put(&in, bytes, sizeof(bytes), &length));
	for (int i = 0; i < 2; i++)
	{
		CHECK(cccd_scanned_get(bytes, length, &pos, &out));
		CHECK(out.reader == in.reader && out.step == in.step);
		CHECK(memcmp(out.corners, in.corners, sizeof(in.corners)) == 0);
		CHECK(out.length == 5 && memcmp(out.payload, in.payload, 5) == 0);
	}
	CHECK(pos == length);
	CHECK(!cccd_scanned_get(bytes, length, &pos, &out));
	/* cut off at every byte, of the first code and of the one behind it */
	for (size_t cut = 0; cut < CCCD_SCANNED_SIZE + 5; cut++)
	{
		pos = 0;
		CHECK(!cccd_scanned_get(bytes, cut, &pos, &out));
		pos = CCCD_SCANNED_SIZE + 5;
		CHECK(!cccd_scanned_get(bytes, pos + cut, &pos, &out));
		CHECK(pos == CCCD_SCANNED_SIZE + 5);
	}
}

/* Every byte of a code's head that has a rule is held to it. */
static void
check_hostile_codes(void)
{
	static const struct
	{
		int			at;
		uint8_t		value;
	}			attacks[] = {
		{0, 0}, {0, 3}, {1, 0}, {1, CCCD_STEP_LAST + 1}, {2, 1}, {3, 1},
		{4, 0x7F}, {4, 0x80}, {32, 0x01}, {36, 0x80}, {37, 0xFF}, {39, 6},
	};
	uint8_t		bytes[CCCD_SCANNED_SIZE + 5];
	CccdScannedCode in = a_code(),
				out;

	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++)
	{
		size_t		pos = 0;

		CHECK(cccd_scanned_put(&in, bytes, sizeof(bytes), &pos));
		bytes[attacks[i].at] = attacks[i].value;
		pos = 0;
		CHECK(!cccd_scanned_get(bytes, sizeof(bytes), &pos, &out));
	}
	in.length = CCCD_SCAN_MAX_PAYLOAD + 1;
	{
		size_t		pos = 0;

		CHECK(!cccd_scanned_put(&in, bytes, (size_t) -1, &pos));
	}
}

static void
check_names(void)
{
	CHECK_STR(cccd_reader_name(CCCD_READER_ZBAR), "zbar");
	CHECK_STR(cccd_reader_name(CCCD_READER_ZXING), "zxing");
	for (int i = CCCD_STEP_PLAIN; i <= CCCD_STEP_LAST; i++)
	{
		CHECK(cccd_step_name((CccdStep) i) != NULL);
		for (int j = CCCD_STEP_PLAIN; j < i; j++)
			CHECK(strcmp(cccd_step_name((CccdStep) i),
						 cccd_step_name((CccdStep) j)) != 0);
	}
}

/* Each limit of a code with what is just allowed and just not. */
static void
check_code_limits(void)
{
	static const int32_t corners[] = {
		-CCCD_CORNER_MAX - 1, -CCCD_CORNER_MAX, -1, 0, 1, CCCD_CORNER_MAX,
		CCCD_CORNER_MAX + 1
	};
	static uint8_t payload[CCCD_SCAN_MAX_PAYLOAD + 1];
	static uint8_t bytes[7 + CCCD_SCANNED_SIZE + CCCD_SCAN_MAX_PAYLOAD + 1];
	const size_t largest = 7 + CCCD_SCANNED_SIZE + CCCD_SCAN_MAX_PAYLOAD;
	CccdScannedCode in = a_code(),
				out;
	size_t		pos;

	/* the largest payload, behind other bytes */
	memset(payload, 'x', sizeof(payload));
	in.payload = payload;
	in.length = CCCD_SCAN_MAX_PAYLOAD;
	pos = 7;
	CHECK(!cccd_scanned_put(&in, bytes, largest - 1, &pos) && pos == 7);
	CHECK(cccd_scanned_put(&in, bytes, largest, &pos) && pos == largest);
	pos = 7;
	CHECK(!cccd_scanned_get(bytes, largest - 1, &pos, &out) && pos == 7);
	CHECK(cccd_scanned_get(bytes, largest, &pos, &out) && pos == largest);
	CHECK(out.length == CCCD_SCAN_MAX_PAYLOAD &&
		  out.payload == bytes + 7 + CCCD_SCANNED_SIZE);
	bytes[7 + 36]++;			/* a payload of one byte more */
	pos = 7;
	CHECK(!cccd_scanned_get(bytes, sizeof(bytes), &pos, &out) && pos == 7);
	in.length++;
	CHECK(!cccd_scanned_put(&in, bytes, sizeof(bytes), &pos) && pos == 7);

	/* no payload */
	in.length = 0;
	pos = 0;
	CHECK(!cccd_scanned_put(&in, bytes, CCCD_SCANNED_SIZE - 1, &pos));
	CHECK(cccd_scanned_put(&in, bytes, CCCD_SCANNED_SIZE, &pos));
	pos = 0;
	CHECK(!cccd_scanned_get(bytes, CCCD_SCANNED_SIZE - 1, &pos, &out));
	CHECK(cccd_scanned_get(bytes, CCCD_SCANNED_SIZE, &pos, &out));
	CHECK(pos == CCCD_SCANNED_SIZE && out.length == 0);

	for (int i = 0; i < 8; i++)
		for (size_t k = 0; k < sizeof(corners) / sizeof(corners[0]); k++)
		{
			bool		good = k != 0 && k != 6;

			in = a_code();
			in.corners[i] = corners[k];
			pos = 0;
			CHECK(cccd_scanned_put(&in, bytes, sizeof(bytes), &pos));
			pos = 0;
			CHECK(cccd_scanned_get(bytes, sizeof(bytes), &pos, &out) == good);
			CHECK(!good || memcmp(in.corners, out.corners,
								  sizeof(in.corners)) == 0);
		}
	for (int reader = 0; reader < 256; reader++)
		for (int step = 0; step < 256; step++)
		{
			bool		good = (reader == CCCD_READER_ZBAR ||
								reader == CCCD_READER_ZXING) &&
			step >= CCCD_STEP_PLAIN && step <= CCCD_STEP_LAST;

			in = a_code();
			in.reader = (CccdReader) reader;
			in.step = (CccdStep) step;
			pos = 0;
			CHECK(cccd_scanned_put(&in, bytes, sizeof(bytes), &pos));
			pos = 0;
			CHECK(cccd_scanned_get(bytes, sizeof(bytes), &pos, &out) == good);
			CHECK(!good || (out.reader == in.reader && out.step == in.step));
		}
}

/* Every status with and without codes; lengths next to what codes need. */
static void
check_reply_limits(void)
{
	for (int status = 0; status <= CCCD_PICTURE_STATUS_LAST; status++)
		for (uint32_t codes = 0; codes <= 2; codes++)
			for (int more = -1; more <= 1; more++)
			{
				CccdReply	reply = {.status = (CccdPictureStatus) status,
				.codes = codes, .width = 3, .height = 4, .serial = 5};

				if (codes == 0 && more < 0)
					continue;
				reply.length = codes * CCCD_SCANNED_SIZE + (uint32_t) more;
				CHECK(accepted(reply) ==
					  ((codes > 0 || more == 0) && more >= 0 &&
					   (status == CCCD_PICTURE_OK || codes == 0)));
			}
}

int
main(void)
{
	check_hello();
	check_request();
	check_reply();
	check_codes();
	check_hostile_codes();
	check_names();
	check_code_limits();
	check_reply_limits();
	return finish();
}

/*
 * chip_group_test.c
 *		Data groups against the list in the security object: what each file may
 *		be, what the machine readable zone says, and the file of the list.
 */
#include "unit.h"

#include "pki.h"

#include "base/calendar_core.h"
#include "chip/chip_core.h"
#include "scan/mrz_core.h"

static CccdChipWork work;
static CccdChipResult result;

/* Tags of the data groups 1 to 16 (Doc 9303-10, Table 38). */
static const int tags[] = {
	0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
	0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70
};

/* A security object that lists groups with the hash of one file for each. */
static void
list_groups(uint32_t listed, CccdBytes file)
{
	memset(&work, 0, sizeof(work));
	work.mrz_expired_at = -1;
	work.sod.hash = CCCD_HASH_SHA256;
	work.sod.listed = listed;
	for (int k = 1; k <= CCCD_DATA_GROUPS; k++)
		work.sod.hashes[k] = pki_sha256(file);
}

static void
check_at(const CccdBytes *files, int count, CccdChipPolicy policy, int64_t at)
{
	CccdChipInput input;

	memset(&input, 0, sizeof(input));
	memset(&result, 0, sizeof(result));
	input.groups = files;
	input.group_count = count;
	input.policy = policy;
	input.at = at;
	cccd_chip_check_groups(&input, &work, &result);
}

static void
check(const CccdBytes *files, int count)
{
	check_at(files, count, CCCD_CHIP_POLICY_STRICT, 0);
}

/* Whether there is a finding of this code and number, and how many in all. */
static bool
finds(int code, int argument, int count)
{
	for (int k = 0; k < result.report.count; k++)
		if (result.report.finding[k].code == code &&
			result.report.finding[k].argument == argument)
			return result.report.count == count;
	return false;
}

static bool
has(int code)
{
	return cccd_report_has(&result.report, code);
}

static CccdBytes
zone_file(const char *zone, size_t length)
{
	return PKI_TLV(0x61, PKI_TLV(0x5F1F, pki_bytes(zone, length)));
}

/* When a zone of a size, whose date of expiry is this, expires. */
static int64_t
expiry_of(size_t size, size_t offset, const char *date)
{
	char		zone[128];
	CccdBytes	file;

	memset(zone, '<', sizeof(zone));
	memcpy(zone, "IDVNM", 5);
	if (offset > 0)
		memcpy(zone + offset, date, 6);
	file = zone_file(zone, size);
	list_groups(3u << 1, file);
	check(&file, 1);
	CHECK(result.verified == 1u << 1);
	if (size < CCCD_MRZ_TD2_SIZE)
		CHECK(!work.has_mrz && work.mrz_expired_at == -1);
	else
		CHECK(work.has_mrz && memcmp(work.mrz_code, "ID", 2) == 0 &&
			  memcmp(work.mrz_state, "VNM", 4) == 0);
	return work.mrz_expired_at;
}

static int64_t
day_after(int year, int month, int day)
{
	return cccd_time_from_day(cccd_days_from_civil(year, month, day) + 1);
}

static void
test_expiry(void)
{
	static const struct
	{
		size_t		size;
		size_t		offset;
	}			kinds[] = {{90, 38}, {88, 65}, {72, 57}};
	static const char *const never[] = {
		"<10712", "4<0712", "41<712", "410<12", "4107<2", "41071<",
		"410700", "410732", "410012", "411312", "410229", "4107 2",
		":10712", "/10712"
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
	{
		size_t		size = kinds[k].size;
		size_t		offset = kinds[k].offset;

		CHECK(expiry_of(size, offset, "410712") == day_after(2041, 7, 12));
		CHECK(expiry_of(size, offset, "000101") == day_after(2000, 1, 1));
		CHECK(expiry_of(size, offset, "991231") == day_after(2099, 12, 31));
		CHECK(expiry_of(size, offset, "400229") == day_after(2040, 2, 29));
		for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
			CHECK(expiry_of(size, offset, never[i]) == INT64_MAX);
		/* where it stands in a zone of another kind */
		CHECK(expiry_of(size, offset + 1, "410712") == INT64_MAX);
		CHECK(expiry_of(size, offset - 1, "410712") == INT64_MAX);
	}
	/* zones of no known kind say nothing of it, and too short ones nothing */
	CHECK(expiry_of(71, 57, "410712") == -1);
	for (size_t size = 73; size < 100; size++)
		if (size != 88 && size != 90)
		{
			CHECK(expiry_of(size, 38, "410712") == INT64_MAX);
			CHECK(expiry_of(size, 65, "410712") == INT64_MAX);
			CHECK(expiry_of(size, 57, "410712") == INT64_MAX);
		}
}

/* The document has expired from the first instant of the next day on. */
static void
test_expired(void)
{
	const int64_t end = day_after(2041, 7, 12);
	char		zone[CCCD_MRZ_SIZE];
	CccdBytes	file;

	memset(zone, '<', sizeof(zone));
	memcpy(zone + 38, "410712", 6);
	file = zone_file(zone, sizeof(zone));
	for (int k = -1; k <= 1; k++)
	{
		list_groups(3u << 1, file);
		check_at(&file, 1, CCCD_CHIP_POLICY_STRICT, end + k);
		CHECK(has(CCCD_FINDING_document_expired) == (k >= 0));
		/* nobody signed what this zone says */
		list_groups(3u << 1, PKI_LITERAL("another file"));
		check_at(&file, 1, CCCD_CHIP_POLICY_STRICT, end + k);
		CHECK(!has(CCCD_FINDING_document_expired));
		CHECK(has(CCCD_FINDING_dg_hash_mismatch));
	}
}

/* The issuing state: letters, up to the first that is none. */
static void
test_state(void)
{
	for (int at = 0; at < 3; at++)
		for (int c = 1; c < 256; c++)
		{
			char		zone[CCCD_MRZ_SIZE];
			char		wanted[4] = "VNM";
			CccdBytes	file;

			memset(zone, '<', sizeof(zone));
			memcpy(zone, "XYVNM", 5);
			zone[2 + at] = (char) c;
			if (c >= 'A' && c <= 'Z')
				wanted[at] = (char) c;
			else
				memset(wanted + at, 0, sizeof(wanted) - (size_t) at);
			file = zone_file(zone, sizeof(zone));
			list_groups(3u << 1, file);
			memset(work.mrz_state, 'Q', sizeof(work.mrz_state));
			check(&file, 1);
			CHECK(memcmp(work.mrz_state, wanted, sizeof(wanted)) == 0);
			CHECK(memcmp(work.mrz_code, "XY", 2) == 0);
		}
}

/* Each group by its tag: listed, hashed, missing. */
static void
test_each(void)
{
	for (int number = 1; number <= CCCD_DATA_GROUPS; number++)
	{
		CccdBytes	file = PKI_TLV(tags[number - 1], PKI_LITERAL("content"));
		CccdBytes	twice[2] = {file, file};
		uint32_t	bit = 1u << number;
		uint32_t	all = bit | 3u << 1;
		int			missing = number > 2 ? 2 : 1;

		list_groups(all, file);
		check(&file, 1);
		CHECK(result.listed == all && result.verified == bit);
		CHECK(result.data_groups == CCCD_STATUS_OK);
		CHECK(result.report.count == missing);
		CHECK(!has(CCCD_FINDING_dg_none_supplied));

		/* twice, not listed, with another hash */
		check(twice, 2);
		CHECK(finds(CCCD_FINDING_dg_duplicate, number, missing + 1));
		CHECK(result.data_groups == CCCD_STATUS_FAILED);
		list_groups(all & ~bit, file);
		check(&file, 1);
		CHECK(has(CCCD_FINDING_dg_not_in_sod) && result.verified == 0);
		CHECK(result.data_groups == CCCD_STATUS_FAILED);
		list_groups(all, PKI_LITERAL("another"));
		check(&file, 1);
		CHECK(finds(CCCD_FINDING_dg_hash_mismatch, number, missing + 1));
		CHECK(result.data_groups == CCCD_STATUS_FAILED && result.verified == 0);
		for (int by = -1; by <= 1; by += 2)
		{
			list_groups(all, file);
			work.sod.hashes[number].length += (size_t) by;
			check(&file, 1);
			CHECK(finds(CCCD_FINDING_dg_hash_mismatch, number, missing + 1));
		}
		list_groups(all, file);
		work.sod.hash = CCCD_HASH_UNKNOWN;
		check(&file, 1);
		CHECK(result.data_groups == CCCD_STATUS_UNDETERMINED);
		CHECK(result.verified == 0 && result.report.count == missing);

		/* bytes behind it are not hashed */
		list_groups(all, file);
		twice[0] = pki_wrap(-1, file, PKI_LITERAL("\x00"), PKI_END);
		check(twice, 1);
		CHECK(finds(CCCD_FINDING_dg_trailing, number, missing + 1));
		CHECK(result.verified == bit && result.data_groups == CCCD_STATUS_OK);

		/* listed and not read */
		list_groups(all, file);
		check(NULL, 0);
		CHECK(finds(CCCD_FINDING_dg_not_supplied, number,
					number > 2 ? 4 : 3));
		CHECK(has(CCCD_FINDING_dg_none_supplied));
		CHECK(result.data_groups == CCCD_STATUS_NOT_PERFORMED);
	}
}

/* What every document has: the zone and the photo. */
static void
test_demanded(void)
{
	static const int codes[] = {
		CCCD_FINDING_dg1_missing, CCCD_FINDING_dg2_missing
	};

	for (uint32_t listed = 0; listed < 4; listed++)
		for (int policy = 0; policy < 2; policy++)
		{
			bool		field = policy == CCCD_CHIP_POLICY_FIELD;

			list_groups(listed << 1 | 1u << 13, PKI_END);
			check_at(NULL, 0, (CccdChipPolicy) policy, 0);
			for (int k = 0; k < 2; k++)
				CHECK(has(codes[k]) == !(listed >> k & 1));
			CHECK(result.data_groups == (listed == 3 || field ?
										 CCCD_STATUS_NOT_PERFORMED :
										 CCCD_STATUS_FAILED));
		}
}

/* What is not a data group is named by its place among the files. */
static void
test_others(void)
{
	CccdBytes	group = PKI_TLV(0x61, PKI_LITERAL("x"));
	char	   *zeros = calloc(1, CCCD_DATA_GROUP_SIZE);
	CccdBytes	files[3] = {group, group, group};
	size_t		head = 4;		/* tag and a length of three bytes */
	CccdBytes	large;

	files[1] = PKI_LITERAL("\x30\x05");
	list_groups(3u << 1, group);
	check(files, 2);
	CHECK(finds(CCCD_FINDING_dg_malformed, 2, 2));
	files[1] = PKI_TLV(0x30, PKI_LITERAL("x"));
	list_groups(3u << 1, group);
	check(files, 2);
	CHECK(finds(CCCD_FINDING_dg_unknown, 2, 2));
	CHECK(result.data_groups == CCCD_STATUS_FAILED);
	/* the largest file, and one byte more */
	for (size_t more = 0; more < 2; more++)
	{
		large = PKI_TLV(0x75, pki_bytes(zeros, CCCD_DATA_GROUP_SIZE - head -
										1 + more));
		if (large.length < CCCD_DATA_GROUP_SIZE + more)
			large = pki_wrap(-1, large, PKI_LITERAL("\x00"), PKI_END);
		CHECK(large.length == CCCD_DATA_GROUP_SIZE + more);
		list_groups(3u << 1, large);
		check(&large, 1);
		CHECK(has(CCCD_FINDING_dg_malformed) == (more == 1));
	}
	free(zeros);
}

/* EF.COM lists the groups as well: any difference was made by somebody. */
static void
test_com(void)
{
	static const struct
	{
		CccdBytes	content;
		bool		good;
	}			cases[] = {
#define CASE(literal, good) \
		{{(const uint8_t *) literal, sizeof(literal) - 1}, good}
		CASE("\x5C\x02\x61\x75", true),
		CASE("\x5C\x02\x75\x61", true),
		CASE("\x5C\x03\x61\x75\x75", true),
		CASE("\x5F\x01\x04" "0107\x5F\x36\x06" "040000\x5C\x02\x61\x75", true),
		CASE("\x5C\x01\x61\x5C\x01\x75", true),
		/* a tag that is not a data group's */
		CASE("\x5C\x03\x61\x75\x30", true),
		CASE("\x5C\x03\x61\x75\x6F", false),
		CASE("\x5C\x01\x61", false),
		CASE("\x5C\x01\x75", false),
		CASE("\x5C\x00", false),
		CASE("", false),
		CASE("\x5D\x02\x61\x75", false),
		CASE("\x5B\x02\x61\x75", false),
		CASE("\x5C\x02\x61\x75\x5F", false),
		CASE("\x5C\x02\x61\x75\x04\x05", false)
#undef CASE
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdBytes	com = PKI_TLV(0x60, pki_bytes(cases[k].content.data,
												  cases[k].content.length));

		list_groups(3u << 1, com);
		check(&com, 1);
		if (has(CCCD_FINDING_com_sod_mismatch) == cases[k].good)
			fprintf(stderr, "case %d\n", (int) k);
		CHECK(has(CCCD_FINDING_com_sod_mismatch) == !cases[k].good);
		CHECK(result.data_groups == (cases[k].good ? CCCD_STATUS_NOT_PERFORMED :
									 CCCD_STATUS_FAILED));
		/* it is not one of the groups */
		CHECK(has(CCCD_FINDING_dg_none_supplied));
	}
}

int
main(void)
{
	test_expiry();
	test_expired();
	test_state();
	test_each();
	test_demanded();
	test_others();
	test_com();
	return finish();
}

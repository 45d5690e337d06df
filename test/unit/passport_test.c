/*
 * passport_test.c
 *		Numbers of passports: typed, and in the two lines.
 */
#include "unit.h"

#include "gate/passport_core.h"

#define FIRST	"P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<"
#define SECOND	"C1234567<0VNM9005177M3001017<<<<<<<<<<<<<<00"

/* "number state", or "-" for what is not a passport. */
static const char *
read(const char *scan)
{
	static char out[64];
	CccdPassport passport;

	if (!cccd_passport_read(scan, strlen(scan), &passport))
		return "-";
	snprintf(out, sizeof(out), "%s %s", passport.number, passport.state);
	return out;
}

static void
test_typed(void)
{
	CHECK_STR(read("C1234567"), "C1234567 ");
	CHECK_STR(read(" \t\302\240C1234567\357\273\277\r\n"), "C1234567 ");
	CHECK_STR(read("ABCDEF"), "ABCDEF ");
	CHECK_STR(read("ABCDE"), "-");
	CHECK_STR(read("A23456789012345"), "A23456789012345 ");
	CHECK_STR(read("A234567890123456"), "-");
	CHECK_STR(read("123456789"), "-");
	CHECK_STR(read("c1234567"), "-");
	CHECK_STR(read("C123 4567"), "-");
	CHECK_STR(read(""), "-");
	CHECK_STR(read("   "), "-");
}

static void
test_lines(void)
{
	CHECK_STR(read(FIRST SECOND), "C1234567 VNM");
	CHECK_STR(read("\n" FIRST " \r\n" SECOND "\n"), "C1234567 VNM");
	CHECK_STR(read("PDD<<NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<" SECOND),
			  "C1234567 D");
	/* a digit in the name, no sex, no number, a line that is cut */
	CHECK_STR(read("P<VNMNGUYEN<<VAN<A1<<<<<<<<<<<<<<<<<<<<<<<<<" SECOND), "-");
	CHECK_STR(read(FIRST "C1234567<0VNM9005177Q3001017<<<<<<<<<<<<<<00"), "-");
	CHECK_STR(read(FIRST "<<<<<<<<<0VNM9005177M3001017<<<<<<<<<<<<<<00"), "-");
	CHECK_STR(read(FIRST), "-");
	CHECK_STR(read(FIRST "C1234567<0VNM9005177M3001017<<<<<<<<<<<<<<0"), "-");
	CHECK_STR(read("A" FIRST SECOND), "-");
}

int
main(void)
{
	test_typed();
	test_lines();
	return finish();
}

/*
 * certlogic_compile.h
 *		A CertLogic expression compiled, for the tests of its parts.
 */
#ifndef CERTLOGIC_COMPILE_H
#define CERTLOGIC_COMPILE_H

#include "unit.h"

#include "json.h"

/*
 * A program in exact memory, so that the sanitizer sees what is beyond; NULL:
 * *error says why.
 */
static inline CccdLogicProgram *
compile(const CccdLogicSource *source, const char *logic,
		CccdLogicError *error)
{
	CccdLogicValue expression;
	CccdLogicSize size;
	void	   *memory;

	CHECK(json_parse(logic, strlen(logic), &expression));
	if (cccd_logic_check(source, &expression, false, error, 1, &size) > 0)
		return NULL;
	/* memory that holds something else */
	memory = malloc(cccd_logic_room(&size));
	memset(memory, 0xA5, cccd_logic_room(&size));
	return cccd_logic_compile(source, &expression, &size, memory);
}

#endif							/* CERTLOGIC_COMPILE_H */

/*
 * eval_possible.h
 *		What an instant may have been, looked at from its beginning forwards.
 */
#ifndef EVAL_POSSIBLE_H
#define EVAL_POSSIBLE_H

#include "eval_draw.h"

#define FAR_PAST		(INT64_C(-31000000000) * CCCD_SECOND)	/* 1017 */


static int64_t
later(int64_t time, int32_t duration)
{
	int64_t		value = CCCD_DURATION_VALUE(duration);

	switch (CCCD_DURATION_UNIT(duration))
	{
		case CCCD_UNIT_SECOND:
			return time + value * CCCD_SECOND;
		case CCCD_UNIT_MINUTE:
			return time + value * 60 * CCCD_SECOND;
		case CCCD_UNIT_HOUR:
			return time + value * 3600 * CCCD_SECOND;
		case CCCD_UNIT_DAY:
			return time + value * CCCD_DAY;
		case CCCD_UNIT_WEEK:
			return time + value * 7 * CCCD_DAY;
		case CCCD_UNIT_MONTH:
			return cccd_add_months(time, (int) value);
		default:
			return cccd_add_months(time, (int) value * 12);
	}
}

static bool
old_enough(const CccdInstr *c, int64_t time, int64_t at)
{
	if (c->lo == CCCD_RULE_NONE)
		return true;
	if (c->flags & CCCD_RULE_LO_STRICT)
		return at > later(time, c->lo);
	return at >= later(time, c->lo);
}

static bool
recent_enough(const CccdInstr *c, int64_t time, int64_t at)
{
	if (c->hi == CCCD_RULE_NONE)
		return true;
	if (c->flags & CCCD_RULE_HI_STRICT)
		return at < later(time, c->hi);
	return at <= later(time, c->hi);
}

static int64_t
start_of(const CccdEvent *e)
{
	return (int64_t) e->time * CCCD_SECOND;
}

static bool
filter_admits(const CccdInstr *c, const CccdEvent *e)
{
	return e->disease == c->disease &&
		(c->sources == 0 || (c->sources & (1 << e->source))) &&
		(!(c->flags & CCCD_RULE_SIGNED) || e->is_signed);
}

static bool
listed(int i, int value)
{
	for (int k = i + 1; k < code[i].next; k++)
	{
		CccdItem	item;

		memcpy(&item, &code[k], sizeof(item));
		for (int j = 0; j < item.count; j++)
			if (item.values[j] == value)
				return true;
	}
	return false;
}

/* Of a kind that has names one of the clause's. */
static bool
other_admits(int i, const CccdEvent *e)
{
	return e->kind == code[i].fact && filter_admits(&code[i], e) &&
		(e->kind < CCCD_CREDENTIAL || e->kind > CCCD_CONSULTATION ||
		 listed(i, e->name));
}

static bool
has_filter(int i)
{
	return code[i].next > i + 1 || code[i].sources != 0 ||
		(code[i].flags & CCCD_RULE_SIGNED);
}

/* What the fact's instant may be; "none" and a stretch of past among it. */
typedef struct Possible
{
	bool		none;
	int			ninstants;
	int64_t		instants[100];
	bool		past;
	bool		past_has_begin;
	int64_t		past_begin;		/* first and last instant */
	int64_t		past_end;
} Possible;

/*
 * Every instant is looked at; of a past its ends and some in between.  A past
 * in which some instants are not too old, and some not too recent, may have
 * one that is neither.
 */
static CccdTruth
judge(const CccdInstr *c, const Possible *possible, int64_t at)
{
	bool		any = false,
				all = !possible->none;

	for (int i = 0; i < possible->ninstants; i++)
	{
		bool		good = old_enough(c, possible->instants[i], at) &&
		recent_enough(c, possible->instants[i], at);

		any |= good;
		all &= good;
	}
	if (possible->past)
	{
		int64_t		begin = possible->past_has_begin ? possible->past_begin :
		FAR_PAST;
		int64_t		length = possible->past_end - begin;
		bool		old = false,
					recent = false;

		for (int i = 0; i <= 16; i++)
		{
			int64_t		x = i == 16 ? possible->past_end :
			begin + length / 16 * i / CCCD_SECOND * CCCD_SECOND;
			bool		is_old = old_enough(c, x, at);
			bool		is_recent = recent_enough(c, x, at);

			old |= is_old;
			recent |= is_recent;
			all &= is_old && is_recent;
		}
		any |= old && recent;
	}
	return all ? CCCD_PASS : any ? CCCD_UNKNOWN : CCCD_FAIL;
}

static bool
counts(const CccdEvent *e, int64_t at)
{
	return start_of(e) <= at;
}

#endif							/* EVAL_POSSIBLE_H */

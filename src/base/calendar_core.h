/*
 * calendar_core.h
 *		Dates, times and month arithmetic without a locale, a time zone
 *		database or a clock.
 *
 * A time is microseconds since 2000-01-01 00:00 UTC, a day is days since
 * 2000-01-01: PostgreSQL's timestamptz and date.  Calendar arithmetic happens
 * in Viet Nam's time, which has been UTC+7 without daylight saving since 1975,
 * so it is the same on every machine and for every session.
 */
#ifndef CCCD_CALENDAR_CORE_H
#define CCCD_CALENDAR_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCCD_SECOND			INT64_C(1000000)
#define CCCD_DAY			(INT64_C(86400) * CCCD_SECOND)
#define CCCD_ZONE			(INT64_C(7) * 3600 * CCCD_SECOND)

/* Years that the functions below are defined for. */
#define CCCD_YEAR_MIN		1000
#define CCCD_YEAR_MAX		9999

/* Room for the longest formatted time, with its final zero byte. */
#define CCCD_TIME_SIZE		36

extern int	cccd_days_in_month(int year, int month);
extern bool cccd_date_valid(int year, int month, int day);
extern int32_t cccd_days_from_civil(int year, int month, int day);
extern void cccd_civil_from_days(int32_t days, int *year, int *month,
								 int *day);

/* The instant at which a day begins in Viet Nam, and the day of an instant. */
extern int64_t cccd_time_from_day(int32_t day);
extern int32_t cccd_day_from_time(int64_t time);

extern int64_t cccd_add_months(int64_t time, int months);
extern int64_t cccd_add_months_inverse(int64_t time, int months);

extern bool cccd_date_parse(const char *text, size_t length, size_t *used,
							int32_t *day);
extern bool cccd_time_parse(const char *text, size_t length, size_t *used,
							int64_t *time);
extern size_t cccd_date_format(int32_t day, char *out);
extern size_t cccd_time_format(int64_t time, char *out);

#endif							/* CCCD_CALENDAR_CORE_H */

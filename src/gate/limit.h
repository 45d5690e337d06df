/*
 * limit.h
 *		How often a role may claim numbers, or be refused, at a gate.
 */
#ifndef CCCD_GATE_LIMIT_H
#define CCCD_GATE_LIMIT_H

#include "gate/lookup.h"

/*
 * Whether what was judged is one answer too many for the acting role at this
 * gate within a minute.  Answers that are written are counted in the log, and
 * by this session, which remembers those that were rolled back, and previews,
 * which leave nothing there.  Each call counts: ask once an answer.
 */
extern bool cccd_limit_exceeded(const CccdFound *found);

#endif							/* CCCD_GATE_LIMIT_H */

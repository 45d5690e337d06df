/*
 * presence.h
 *		Who is inside, and the places: the rows that gates compete for.
 *
 * A transaction takes locks in this order, so that two cannot wait for each
 * other: row of case_file, slot, presence.  All of it between SPI_connect()
 * and SPI_finish().
 */
#ifndef CCCD_GATE_PRESENCE_H
#define CCCD_GATE_PRESENCE_H

#include "gate/lookup.h"

/*
 * Take a place of the event: returns the slot, or -1 if there is none.  Any slot that no other gate is using serves.  Waits only while all
 * slots that could serve are in use.  Where the transaction's snapshot cannot
 * be renewed, and others have changed the slots, an error as for any other
 * row: ERRCODE_T_R_SERIALIZATION_FAILURE.
 */
extern int	cccd_place_take(const CccdGateEvent *event);

/* Free a place of the event, likewise; -1 if nobody is inside. */
extern int	cccd_place_free(const CccdGateEvent *event);

/* Take a place although there is none: an entry that has happened. */
extern int	cccd_place_force(const CccdGateEvent *event);

/* Undo what this transaction has done to a slot: +1 taken, -1 freed. */
extern void cccd_place_undo(const CccdGateEvent *event, int slot, int change);

/*
 * Whether as many people as may be are inside, as far as a snapshot sees; not
 * between SPI_connect() and SPI_finish().
 */
extern bool cccd_place_full(const CccdGateEvent *event, int capacity,
							Snapshot snapshot);

/*
 * Record an entry of who was found, at the moment.  False if somebody else was
 * quicker, so that it must be looked up again; nothing is changed then.
 */
extern bool cccd_presence_enter(const CccdFound *found, TimestampTz moment);

/* The same for a move to the gate's to_zone; the stay before is a visit. */
extern bool cccd_presence_move(const CccdFound *found, TimestampTz moment);

/* The same for an exit; the stay is a visit. */
extern bool cccd_presence_leave(const CccdFound *found, TimestampTz moment);

#endif							/* CCCD_GATE_PRESENCE_H */

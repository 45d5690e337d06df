/*
 * evidence.h
 *		What is shown beside a scan: pictures, chips, health certificates.
 *
 * These are read by functions of the install script, which verify signatures
 * and cost far more than the statements that call them.
 */
#ifndef CCCD_GATE_EVIDENCE_H
#define CCCD_GATE_EVIDENCE_H

#include "gate/lookup.h"

/*
 * Most certificates of a call, with those that are the scan or in a picture;
 * CCCD_CERTIFICATES_MAX of certificate_core.h.
 */
#define CCCD_SHOWN_CERTIFICATES	32

/*
 * Read the codes of the picture: a ticket and certificates beside what was
 * given, and the code of a document, which is returned, where "scan" is NULL.
 * Returns scan otherwise; what is wrong with the picture is a finding.
 */
extern const text *cccd_read_image(CccdFound *found, const text *scan);

/* Count a scan that is a health certificate among those that are shown. */
extern void cccd_take_certificate(CccdFound *found, const text *scan);

/*
 * Verify the chip and compare it with scan and register.  A card may be read
 * by its chip alone: the holder is looked up then.  Where the call writes, its
 * request uses the challenge up, and may look at it again.
 */
extern void cccd_read_chip(CccdFound *found);

/*
 * Whether more certificates are shown than CCCD_SHOWN_CERTIFICATES, counting
 * NULLs.
 */
extern bool cccd_too_many_certificates(const CccdFound *found);

/*
 * Verify the certificates that are shown; the facts of those that count are
 * added to the record that is judged.
 */
extern void cccd_read_certificates(CccdFound *found);

/*
 * Add the facts of certificates that count to found->record, if the record has
 * room for them.
 */
extern void cccd_add_certificate_facts(CccdFound *found);

/*
 * Keep, between SPI_connect() and SPI_finish(), what came of chip and
 * certificates, for the answer with this request id that is recorded at that
 * time; the facts of certificates too, where identity stands, as known since
 * then.
 */
extern void cccd_keep_evidence(CccdFound *found, const pg_uuid_t *request,
							   TimestampTz recorded_at);

#endif							/* CCCD_GATE_EVIDENCE_H */

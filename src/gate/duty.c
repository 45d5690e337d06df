/*
 * duty.c
 *		Who acts, and what this role may do; see event.h.
 *
 * Both names stay visible inside SECURITY DEFINER functions: the one that SET
 * ROLE has set, and the one that the session began with.
 */
#include "gate/event.h"

#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/guc.h"

static bool allow_superuser = false;

void
cccd_gate_settings(void)
{
	DefineCustomBoolVariable("cccd_gate.allow_superuser",
							 "Lets superusers act at the gate, and its functions belong to one.",
							 "For demonstrations and tests.",
							 &allow_superuser, false, PGC_SUSET, 0,
							 NULL, NULL, NULL);
}

const char *
cccd_gate_role(void)
{
	const char *role = GetConfigOption("role", true, false);

	if (role && strcmp(role, "none") != 0)
		return role;
	return GetUserNameFromId(GetSessionUserId(), false);
}

/* What a profile may do. */
static int
duty_bit(const char *profile)
{
	if (strcmp(profile, "gate") == 0)
		return CCCD_DUTY_GATE;
	if (strcmp(profile, "desk") == 0)
		return CCCD_DUTY_GATE | CCCD_DUTY_DESK;
	if (strcmp(profile, "organiser") == 0)
		return CCCD_DUTY_ORGANISER;
	if (strcmp(profile, "sync") == 0)
		return CCCD_DUTY_SYNC;
	return 0;
}

int
cccd_gate_duties(const CccdGateEvent *event)
{
	const char *role = cccd_gate_role();
	Oid			oid = get_role_oid(role, true);
	int			duties = 0;

	if (OidIsValid(oid) && superuser_arg(oid))
		return allow_superuser ? ~0 : 0;
	for (const CccdDuty *duty = cccd_gate_duty_list(); duty;
		 duty = duty->next)
		if ((duty->event == 0 || duty->event == event->event) &&
			strcmp(duty->role, role) == 0)
			duties |= duty_bit(duty->profile);
	return duties;
}

bool
cccd_gate_not_handed_over(void)
{
	return !allow_superuser && superuser_arg(GetUserId());
}

bool
cccd_gate_allows_superuser(void)
{
	return allow_superuser;
}

// The calendar of registration: terms of three years, the deadline for renewal, and the month within which a completion
// must be public. Source: the Act on Facilitation of Information Processing and its ordinance (Rule 19-2), and the
// administrator's quick reference table (早見表); the numbered rules stand in README.md under "The calendar".
#ifndef MEIBO_REGISTER_TERMS_H
#define MEIBO_REGISTER_TERMS_H

#include "register/types.h"

// First limit of someone registered on `registered_on` (1 April or 1 October, from 2017-04-01): three years less one
// day, except that the first cohort, 2017-04-01, shares the limit of 2017-10-01. DAY_NONE for any other day.
day_t term_first_limit(day_t registered_on);
// Limit after `renewals` renewals; each adds three years. DAY_NONE as above.
day_t term_limit(day_t registered_on, uint32_t renewals);
// Last day to have finished the courses and filed the renewal: limit - 60 days (days, not "two months").
// DAY_NONE gives DAY_NONE.
day_t term_deadline(day_t limit);
// Last day on which a completion must have become public: the same day of the next month, or that month's last.
day_t reflect_by(day_t completed_on);
// What the stored status means on a day: registered and suspended people lapse the day after their limit.
// A suspension ends after suspended_until.
enum status status_on_day(enum status stored, day_t expires_on, day_t suspended_until, day_t today);

#endif

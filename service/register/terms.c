// The calendar of registration: see terms.h.
#include "register/terms.h"

enum { TERM_MONTHS = 36, DEADLINE_DAYS = 60 };

day_t term_first_limit(day_t registered_on)
{
    struct ymd ymd = day_to_ymd(registered_on);
    if (ymd.day != 1 || (ymd.month != 4 && ymd.month != 10) || ymd.year < 2017) {
        return DAY_NONE;
    }
    bool first_cohort = ymd.year == 2017 && ymd.month == 4;
    day_t start = first_cohort ? day_from_ymd((struct ymd){2017, 10, 1}) : registered_on;
    return day_add_months(start, TERM_MONTHS) - 1;
}

day_t term_limit(day_t registered_on, uint32_t renewals)
{
    day_t first = term_first_limit(registered_on);
    if (first == DAY_NONE || renewals > 60) {
        return DAY_NONE;
    }
    return day_add_months(first + 1, TERM_MONTHS * (int)renewals) - 1;
}

day_t term_deadline(day_t limit)
{
    return limit == DAY_NONE ? DAY_NONE : limit - DEADLINE_DAYS;
}

day_t reflect_by(day_t completed_on)
{
    return day_add_months(completed_on, 1);
}

enum status status_on_day(enum status stored, day_t expires_on, day_t suspended_until, day_t today)
{
    if (stored == STATUS_REVOKED || stored == STATUS_STRUCK_OFF) {
        return stored;
    }
    if (expires_on < today) {
        return STATUS_LAPSED;
    }
    bool suspended = stored == STATUS_NAME_USE_SUSPENDED && (suspended_until == DAY_NONE || today <= suspended_until);
    return suspended ? STATUS_NAME_USE_SUSPENDED : STATUS_REGISTERED;
}

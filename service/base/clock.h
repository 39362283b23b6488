// Days, months and instants. The register counts Japanese days (Asia/Tokyo, UTC+9, no summer time since 1951);
// instants are UTC. All plain integers, so that the edition can hold millions of them:
//   day     days since 1970-01-01 (proleptic Gregorian)
//   month   year * 12 + (month - 1)
//   instant microseconds since 1970-01-01T00:00:00Z
#ifndef MEIBO_BASE_CLOCK_H
#define MEIBO_BASE_CLOCK_H

#include "base/str.h"

typedef int32_t day_t;
typedef int32_t month_t;
typedef int64_t instant_t;

#define DAY_NONE INT32_MIN
#define MONTH_NONE INT32_MIN
#define INSTANT_NONE INT64_MIN

struct ymd {
    int year;  // 1..9999
    int month; // 1..12
    int day;   // 1..31
};

// Text lengths without NUL.
enum { DAY_TEXT = 10, MONTH_TEXT = 7, INSTANT_TEXT = 24 };

instant_t clock_now(void);
// Monotonic nanoseconds, for durations only.
uint64_t clock_monotonic_ns(void);
// The Japanese day in which an instant falls.
day_t clock_tokyo_day(instant_t instant);

bool ymd_is_valid(struct ymd ymd);
day_t day_from_ymd(struct ymd ymd);
struct ymd day_to_ymd(day_t day);
// Exactly YYYY-MM-DD, a day that exists, years 1900..2199.
bool day_parse(struct str text, day_t *day);
void day_write(day_t day, char out[DAY_TEXT]);
month_t day_month(day_t day);
day_t month_first_day(month_t month);
// Same day of the month `months` later; where that month is shorter, its last day (31 January + 1 = 28 or 29 February).
day_t day_add_months(day_t day, int months);
// Exactly YYYY-MM, years 1900..2199.
bool month_parse(struct str text, month_t *month);
void month_write(month_t month, char out[MONTH_TEXT]);
// RFC 3339 with milliseconds: 2026-11-23T01:02:03.456Z
void instant_write(instant_t instant, char out[INSTANT_TEXT]);

#endif

// Calendar arithmetic. Day numbers follow Howard Hinnant's public-domain description of the civil calendar
// ("chrono-Compatible Low-Level Date Algorithms"); nothing here reads the process's time zone.
#include "base/clock.h"

#include <time.h>

static const int64_t MICROS_PER_SECOND = 1000000;
static const int64_t SECONDS_PER_DAY = 86400;
static const int64_t TOKYO_OFFSET_SECONDS = 9 * 3600;

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

instant_t clock_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (instant_t)now.tv_sec * MICROS_PER_SECOND + now.tv_nsec / 1000;
}

uint64_t clock_monotonic_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

day_t clock_tokyo_day(instant_t instant)
{
    int64_t seconds = floor_div(instant, MICROS_PER_SECOND) + TOKYO_OFFSET_SECONDS;
    return (day_t)floor_div(seconds, SECONDS_PER_DAY);
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool ymd_is_valid(struct ymd ymd)
{
    return ymd.year >= 1900 && ymd.year <= 2199 && ymd.month >= 1 && ymd.month <= 12 && ymd.day >= 1 &&
           ymd.day <= month_length(ymd.year, ymd.month);
}

day_t day_from_ymd(struct ymd ymd)
{
    int year = ymd.month <= 2 ? ymd.year - 1 : ymd.year;
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (ymd.month + (ymd.month > 2 ? -3 : 9)) + 2) / 5 + ymd.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

// Unsigned, from the era of year 0 on: the divisions are multiplications then, and an edition writes millions of days.
struct ymd day_to_ymd(day_t day)
{
    unsigned shifted = (unsigned)(day + 719468);
    unsigned era = shifted / 146097;
    unsigned day_of_era = shifted - era * 146097;
    unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned month_from_march = (5 * day_of_year + 2) / 153;
    unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct ymd){
        .year = (int)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = (int)month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

static bool read_digits(struct str text, size_t from, size_t count, int *value)
{
    uint64_t number;
    if (!str_to_u64((struct str){text.p + from, count}, 9999, &number)) {
        return false;
    }
    *value = (int)number;
    return true;
}

bool day_parse(struct str text, day_t *day)
{
    struct ymd ymd;
    if (text.n != DAY_TEXT || text.p[4] != '-' || text.p[7] != '-' || !read_digits(text, 0, 4, &ymd.year) ||
        !read_digits(text, 5, 2, &ymd.month) || !read_digits(text, 8, 2, &ymd.day) || !ymd_is_valid(ymd)) {
        return false;
    }
    *day = day_from_ymd(ymd);
    return true;
}

static void put_two(char *out, unsigned value)
{
    out[0] = (char)('0' + value / 10);
    out[1] = (char)('0' + value % 10);
}

static void put_four(char *out, unsigned value)
{
    put_two(out, value / 100);
    put_two(out + 2, value % 100);
}

void day_write(day_t day, char out[DAY_TEXT])
{
    struct ymd ymd = day_to_ymd(day);
    put_four(out, (unsigned)ymd.year);
    out[4] = '-';
    put_two(out + 5, (unsigned)ymd.month);
    out[7] = '-';
    put_two(out + 8, (unsigned)ymd.day);
}

month_t day_month(day_t day)
{
    struct ymd ymd = day_to_ymd(day);
    return ymd.year * 12 + ymd.month - 1;
}

day_t month_first_day(month_t month)
{
    return day_from_ymd((struct ymd){month / 12, month % 12 + 1, 1});
}

day_t day_add_months(day_t day, int months)
{
    struct ymd ymd = day_to_ymd(day);
    int month = ymd.year * 12 + ymd.month - 1 + months;
    int longest = month_length(month / 12, month % 12 + 1);
    return day_from_ymd((struct ymd){month / 12, month % 12 + 1, ymd.day < longest ? ymd.day : longest});
}

bool month_parse(struct str text, month_t *month)
{
    struct ymd ymd = {.day = 1};
    if (text.n != MONTH_TEXT || text.p[4] != '-' || !read_digits(text, 0, 4, &ymd.year) ||
        !read_digits(text, 5, 2, &ymd.month) || !ymd_is_valid(ymd)) {
        return false;
    }
    *month = ymd.year * 12 + ymd.month - 1;
    return true;
}

void month_write(month_t month, char out[MONTH_TEXT])
{
    put_four(out, (unsigned)month / 12);
    out[4] = '-';
    put_two(out + 5, (unsigned)month % 12 + 1);
}

void instant_write(instant_t instant, char out[INSTANT_TEXT])
{
    int64_t seconds = floor_div(instant, MICROS_PER_SECOND);
    int64_t day = floor_div(seconds, SECONDS_PER_DAY);
    unsigned second_of_day = (unsigned)(seconds - day * SECONDS_PER_DAY);
    unsigned millis = (unsigned)(instant - seconds * MICROS_PER_SECOND) / 1000;
    day_write((day_t)day, out);
    out[10] = 'T';
    put_two(out + 11, second_of_day / 3600);
    out[13] = ':';
    put_two(out + 14, second_of_day / 60 % 60);
    out[16] = ':';
    put_two(out + 17, second_of_day % 60);
    out[19] = '.';
    out[20] = (char)('0' + millis / 100);
    put_two(out + 21, millis % 100);
    out[23] = 'Z';
}

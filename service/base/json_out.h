// Writes JSON into a buffer. The writer puts commas; the caller keeps the nesting right. Text must be UTF-8.
#ifndef MEIBO_BASE_JSON_OUT_H
#define MEIBO_BASE_JSON_OUT_H

#include "base/buf.h"
#include "base/clock.h"

// Appends a quoted, escaped JSON string. (json_string is a name of jansson's, which calls it itself.)
void json_quote(struct buf *out, struct str text);
// Appends `"name":`, with a comma before it unless it is the first member. Names need no escaping.
void json_name(struct buf *out, const char *name);
// A member; text whose p is NULL is left out (absent means absent).
void json_text(struct buf *out, const char *name, struct str text);
void json_number(struct buf *out, const char *name, int64_t value);
void json_bool(struct buf *out, const char *name, bool value);
// DAY_NONE, MONTH_NONE, INSTANT_NONE leave the member out.
void json_day(struct buf *out, const char *name, day_t day);
void json_month(struct buf *out, const char *name, month_t month);
void json_instant(struct buf *out, const char *name, instant_t instant);
// Puts a comma before the next element unless the buffer ends in `[` or `{`.
void json_comma(struct buf *out);

#endif

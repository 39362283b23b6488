// The JSON writer: see json_out.h.
#include "base/json_out.h"

static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void escape(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        buf_add_char(out, '\\');
        buf_add_char(out, (char)c);
    } else if (c == '\n') {
        buf_add(out, STR("\\n"));
    } else {
        buf_add(out, STR("\\u00"));
        buf_add_char(out, hex[c >> 4]);
        buf_add_char(out, hex[c & 15]);
    }
}

void json_quote(struct buf *out, struct str text)
{
    size_t plain = 0;
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (!needs_escape((unsigned char)text.p[i])) {
            continue;
        }
        buf_add(out, (struct str){text.p + plain, i - plain});
        escape(out, (unsigned char)text.p[i]);
        plain = i + 1;
    }
    buf_add(out, (struct str){text.p + plain, text.n - plain});
    buf_add_char(out, '"');
}

void json_comma(struct buf *out)
{
    char last = out->n == 0 ? '{' : out->p[out->n - 1];
    if (last != '{' && last != '[') {
        buf_add_char(out, ',');
    }
}

void json_name(struct buf *out, const char *name)
{
    json_comma(out);
    buf_add_char(out, '"');
    buf_add_text(out, name);
    buf_add(out, STR("\":"));
}

void json_text(struct buf *out, const char *name, struct str text)
{
    if (text.p != NULL) {
        json_name(out, name);
        json_quote(out, text);
    }
}

void json_number(struct buf *out, const char *name, int64_t value)
{
    json_name(out, name);
    buf_add_i64(out, value);
}

void json_bool(struct buf *out, const char *name, bool value)
{
    json_name(out, name);
    buf_add_text(out, value ? "true" : "false");
}

static void add_quoted(struct buf *out, const char *name, struct str plain)
{
    json_name(out, name);
    buf_add_char(out, '"');
    buf_add(out, plain);
    buf_add_char(out, '"');
}

void json_day(struct buf *out, const char *name, day_t day)
{
    char text[DAY_TEXT];
    if (day != DAY_NONE) {
        day_write(day, text);
        add_quoted(out, name, (struct str){text, DAY_TEXT});
    }
}

void json_month(struct buf *out, const char *name, month_t month)
{
    char text[MONTH_TEXT];
    if (month != MONTH_NONE) {
        month_write(month, text);
        add_quoted(out, name, (struct str){text, MONTH_TEXT});
    }
}

void json_instant(struct buf *out, const char *name, instant_t instant)
{
    char text[INSTANT_TEXT];
    if (instant != INSTANT_NONE) {
        instant_write(instant, text);
        add_quoted(out, name, (struct str){text, INSTANT_TEXT});
    }
}

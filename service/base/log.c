// The log writer: see log.h.
#include "base/log.h"

#include <unistd.h>

#include "base/json_out.h"

enum { LINE_LONGEST = 4096 };

static const char *const level_names[] = {"debug", "info", "warn", "error"};
static const struct str END = {"}\n", 2};
static enum log_level lowest = LOG_INFO;

void log_set_level(enum log_level level)
{
    lowest = level;
}

bool log_level_parse(struct str text, enum log_level *level)
{
    for (size_t i = 0; i < sizeof level_names / sizeof level_names[0]; i++) {
        if (str_equal(text, str_of(level_names[i]))) {
            *level = (enum log_level)i;
            return true;
        }
    }
    return false;
}

// Text from outside may be anything: what is not UTF-8 is shown as such instead of breaking the line's JSON.
static void add_field(struct buf *line, const struct log_field *field)
{
    if (field->text.p == NULL) {
        json_number(line, field->name, field->number);
    } else {
        json_text(line, field->name, str_is_utf8(field->text) ? field->text : STR("(not UTF-8)"));
    }
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
    if (level < lowest) {
        return;
    }
    BUF_AUTO struct buf line;
    buf_init(&line, LINE_LONGEST - END.n);
    buf_add_char(&line, '{');
    json_instant(&line, "at", clock_now());
    json_text(&line, "level", str_of(level_names[level]));
    json_text(&line, "event", str_of(event));
    for (; fields->name != NULL; fields++) {
        size_t before = line.n;
        add_field(&line, fields);
        if (buf_failed(&line)) {
            line.n = before;
            line.failed = false;
        }
    }
    line.maximum = LINE_LONGEST;
    buf_add(&line, END);
    ssize_t written = write(STDERR_FILENO, line.p, line.n);
    (void)written; // nowhere to report it
}

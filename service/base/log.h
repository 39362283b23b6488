// One JSON object a line on standard error: {"at":"…","level":"info","event":"listening",…}. Every string is escaped;
// a line is written with one write(2), so that lines of several threads never mix.
#ifndef MEIBO_BASE_LOG_H
#define MEIBO_BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

// A member of a log line: text (`text.p` not NULL) or a number.
struct log_field {
    const char *name;
    struct str text;
    int64_t number;
};

#define LOG_TEXT(name, value) ((struct log_field){(name), str_of(value), 0})
#define LOG_STR(name, value) ((struct log_field){(name), (value), 0})
#define LOG_NUMBER(name, value) ((struct log_field){(name), {NULL, 0}, (int64_t)(value)})
// log_event(LOG_INFO, "listening", LOG_TEXT("address", "127.0.0.1:8080"));
// The rest of the array is zero, and its first element without a name ends the list: at most LOG_FIELDS_MOST fields.
enum { LOG_FIELDS_MOST = 12 };
#define log_event(level, event, ...)                                                                                   \
    log_write((level), (event), (const struct log_field[LOG_FIELDS_MOST + 1]){__VA_ARGS__})

// Lines below this level are not written. Default LOG_INFO. Before threads.
void log_set_level(enum log_level level);
bool log_level_parse(struct str text, enum log_level *level);
// `fields` ends with name == NULL. Fields that do not fit into 4 KiB are cut.
void log_write(enum log_level level, const char *event, const struct log_field *fields);

#endif

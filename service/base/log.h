// One JSON object a line on standard error: {"at":"…","level":"info","event":"listening",…}. Every string is escaped;
// lines of several threads never mix, and stand in the order in which they came.
//
// An event's line is written at once. Traffic, a line a request, may be collected (log_collect): it is then written
// with the next event's line, when COLLECTED_BYTES of it are there, or by a thread that sees to it that no line waits
// longer than LOG_WAIT_MS. log_collect_stop() writes what is left; only a crash loses lines, and only of its last
// LOG_WAIT_MS.
#ifndef MEIBO_BASE_LOG_H
#define MEIBO_BASE_LOG_H

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
enum { LOG_WAIT_MS = 200 };

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
// Nothing is evaluated for a line that is not written.
enum { LOG_FIELDS_MOST = 12 };
#define log_event(level, event, ...) log_either((level), (event), false, __VA_ARGS__)
// The same, at LOG_INFO, for what happens with every request.
#define log_traffic(event, ...) log_either(LOG_INFO, (event), true, __VA_ARGS__)
#define log_either(level, event, may_wait, ...)                                                                        \
    (log_takes(level)                                                                                                  \
         ? log_write((level), (event), (const struct log_field[LOG_FIELDS_MOST + 1]){__VA_ARGS__}, (may_wait))         \
         : (void)0)

// Lines below this level are not written. Default LOG_INFO. Before threads.
void log_set_level(enum log_level level);
bool log_takes(enum log_level level);
bool log_level_parse(struct str text, enum log_level *level);
// `fields` ends with name == NULL. Fields that do not fit into 4 KiB are cut.
void log_write(enum log_level level, const char *event, const struct log_field *fields, bool may_wait);

// Collects traffic from now on. Starts a thread, which inherits the caller's blocked signals.
enum err log_collect(struct fault *fault) MUST_CHECK;
// Writes what was collected, and from now on every line at once. Without log_collect() before it does nothing.
void log_collect_stop(void);

#endif

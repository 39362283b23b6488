// The log writer: see log.h.
#include "base/log.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include "base/json_out.h"

enum { LINE_LONGEST = 4096, COLLECTED_BYTES = 64 * 1024 };

static const char *const level_names[] = {"debug", "info", "warn", "error"};
static const struct str END = {"}\n", 2};
static enum log_level lowest = LOG_INFO;

// Lines on their way, and the thread that writes those that nobody else does: it is `idle` while there are none, then
// waits for the first one's time to run out. All under the lock, which is also held while writing: the order of lines
// is that in which they took it.
static struct {
    pthread_mutex_t lock;
    char text[COLLECTED_BYTES];
    size_t n;
    bool collecting;
    pthread_t thread;
    pthread_cond_t wake; // there is a line, or stopping
    bool idle;
    bool stopping;
} lines = {.lock = PTHREAD_MUTEX_INITIALIZER};

void log_set_level(enum log_level level)
{
    lowest = level;
}

bool log_takes(enum log_level level)
{
    return level >= lowest;
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

// --- lines on their way ------------------------------------------------------

// Bytes written; 0: try again; -1: there is nowhere to write to, and nowhere to report it.
static ssize_t write_some(const char *p, size_t n)
{
    ssize_t written = write(STDERR_FILENO, p, n);
    if (written >= 0 || errno == EINTR) {
        return written < 0 ? 0 : written;
    }
    if (errno != EAGAIN && errno != EWOULDBLOCK) {
        return -1;
    }
    struct pollfd room = {.fd = STDERR_FILENO, .events = POLLOUT};
    (void)poll(&room, 1, -1);
    return 0;
}

// With the lock.
static void write_out(void)
{
    size_t at = 0;
    while (at < lines.n) {
        ssize_t written = write_some(lines.text + at, lines.n - at);
        if (written < 0) {
            break;
        }
        at += (size_t)written;
    }
    lines.n = 0;
}

static void put_line(struct str line, bool may_wait)
{
    (void)pthread_mutex_lock(&lines.lock);
    if (line.n > sizeof lines.text - lines.n) {
        write_out();
    }
    memcpy(lines.text + lines.n, line.p, line.n);
    lines.n += line.n;
    if (!may_wait || !lines.collecting) {
        write_out();
    } else if (lines.idle) {
        lines.idle = false;
        (void)pthread_cond_signal(&lines.wake);
    }
    (void)pthread_mutex_unlock(&lines.lock);
}

static struct timespec deadline(void)
{
    uint64_t ns = clock_monotonic_ns() + (uint64_t)LOG_WAIT_MS * 1000000;
    return (struct timespec){.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
}

static void *write_what_waits(void *context)
{
    (void)context;
    (void)pthread_mutex_lock(&lines.lock);
    while (!lines.stopping) {
        lines.idle = lines.n == 0;
        while (lines.idle && !lines.stopping) {
            (void)pthread_cond_wait(&lines.wake, &lines.lock);
        }
        struct timespec end = deadline();
        while (!lines.stopping && pthread_cond_timedwait(&lines.wake, &lines.lock, &end) != ETIMEDOUT) {
        }
        write_out();
    }
    (void)pthread_mutex_unlock(&lines.lock);
    return NULL;
}

enum err log_collect(struct fault *fault)
{
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&lines.wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    lines.stopping = false;
    if (pthread_create(&lines.thread, NULL, write_what_waits, NULL) != 0) {
        return err_set(fault, ERR_MEMORY, "no thread for the log");
    }
    (void)pthread_mutex_lock(&lines.lock);
    lines.collecting = true;
    (void)pthread_mutex_unlock(&lines.lock);
    return ERR_OK;
}

void log_collect_stop(void)
{
    (void)pthread_mutex_lock(&lines.lock);
    bool collecting = lines.collecting;
    lines.collecting = false;
    lines.stopping = true;
    if (collecting) {
        (void)pthread_cond_signal(&lines.wake);
    }
    (void)pthread_mutex_unlock(&lines.lock);
    if (collecting) {
        (void)pthread_join(lines.thread, NULL);
        (void)pthread_cond_destroy(&lines.wake);
        (void)pthread_mutex_lock(&lines.lock);
        write_out();
        (void)pthread_mutex_unlock(&lines.lock);
    }
}

// --- a line ------------------------------------------------------------------

// Text from outside may be anything: what is not UTF-8 is shown as such instead of breaking the line's JSON.
static void add_field(struct buf *line, const struct log_field *field)
{
    if (field->text.p == NULL) {
        json_number(line, field->name, field->number);
    } else {
        json_text(line, field->name, str_is_utf8(field->text) ? field->text : STR("(not UTF-8)"));
    }
}

void log_write(enum log_level level, const char *event, const struct log_field *fields, bool may_wait)
{
    char storage[LINE_LONGEST + 1];
    struct buf line;
    buf_init_on(&line, storage, LINE_LONGEST - END.n + 1);
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
    memcpy(storage + line.n, END.p, END.n);
    put_line((struct str){storage, line.n + END.n}, may_wait);
}

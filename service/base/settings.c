// The settings' one table: see settings.h.
#include "base/settings.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum kind { TEXT, NUMBER, ADDRESS, SECRET, LEVEL, KINDS };

struct row {
    const char *name; // as a flag; in the environment MEIBO_ and upper case with _ for -
    enum kind kind;
    size_t offset;
    const char *fallback;
    int64_t least, most; // NUMBER: bounds; others: bytes at least and at most
    const char *unit;
    const char *text;
};

#define AT(member) offsetof(struct settings, member)

static const struct row table[] = {
    {"database", TEXT, AT(database), "dbname=meibo", 1, 1000, "libpq conninfo",
     "The record, without a user: the service connects as meibo_publisher, meibo_intake and meibo_reader; `migrate` "
     "and "
     "`operator` as the conninfo or the system says. Passwords belong into a passfile."},
    {"secret", SECRET, AT(secret), "", 0, 1000, "text",
     "Keys name digests and cursors; at least 32 characters, the same on every instance, never changed. Needed by "
     "`serve` "
     "and `import`."},
    {"listen", ADDRESS, AT(listen), "127.0.0.1:8080", 3, 100, "address:port",
     "Public listener. [::1]:8080 for IPv6; [::]:8080 for both; port 0 takes a free one and logs it."},
    {"operator-listen", ADDRESS, AT(operator_listen), "", 0, 100, "address:port",
     "Listener for operators' reports; empty: the public listener serves them too."},
    {"admin-listen", ADDRESS, AT(admin_listen), "127.0.0.1:8081", 3, 100, "address:port",
     "Listener for /live, /ready and /metrics. Keep it private."},
    {"threads", NUMBER, AT(threads), "8", 1, 64, "threads",
     "Threads of the public listener, each with at most 120 connections."},
    {"operator-threads", NUMBER, AT(operator_threads), "8", 1, 64, "threads",
     "Threads of the operators' listener where it is separate. A report waits for the database in one."},
    {"connections-per-client", NUMBER, AT(connections_per_client), "0", 0, 7680, "connections",
     "At most so many at once from one address on a listener; 0: no bound of its own."},
    {"idle-timeout-s", NUMBER, AT(idle_timeout_s), "30", 1, 3600, "seconds",
     "A connection without traffic for so long is closed."},
    {"max-body-bytes", NUMBER, AT(max_body_bytes), "1048576", 1024, 33554432, "bytes",
     "Largest body of a request; a larger one is answered 413."},
    {"publish-interval-ms", NUMBER, AT(publish_interval_ms), "1000", 10, 3600000, "milliseconds",
     "While reports come in, at most one publication in so long."},
    {"poll-interval-ms", NUMBER, AT(poll_interval_ms), "1000", 10, 60000, "milliseconds",
     "How often to look for a new publication when no notification arrives."},
    {"statement-timeout-ms", NUMBER, AT(statement_timeout_ms), "5000", 100, 600000, "milliseconds",
     "Longest a statement of a request may take in the database."},
    {"pool-size", NUMBER, AT(pool_size), "8", 1, 64, "connections", "Database connections for operators' requests."},
    {"drain-timeout-s", NUMBER, AT(drain_timeout_s), "20", 0, 600, "seconds",
     "After SIGTERM or SIGINT, how long requests in hand may take to finish."},
    {"cache-s", NUMBER, AT(cache_s), "5", 0, 3600, "seconds", "max-age of public answers."},
    {"cache-bytes", NUMBER, AT(cache_bytes), "16777216", 0, 1073741824, "bytes",
     "Memory for compressed answers, kept for the next who asks the same of the same publication; 0: none are kept."},
    {"log-level", LEVEL, AT(log_level), "info", 1, 5, "level", "debug, info, warn or error."},
    {"source", TEXT, AT(source), "", 0, 1000, "URL or text", "Where the register comes from, told in /v1."},
    {"terms", TEXT, AT(terms), "", 0, 1000, "URL or text", "Terms of use, told in /v1."},
    {"report-error", TEXT, AT(report_error), "", 0, 1000, "URL or text", "Where to report a wrong entry, told in /v1."},
};

enum { ROWS = sizeof table / sizeof table[0], VARIABLE_LONGEST = 64 };

static void variable_of(const struct row *row, char out[VARIABLE_LONGEST])
{
    static const char prefix[] = "MEIBO_";
    size_t at = sizeof prefix - 1;
    memcpy(out, prefix, at);
    for (const char *c = row->name; *c != '\0' && at < VARIABLE_LONGEST - 1; c++) {
        out[at++] = *c == '-' ? '_' : (char)(*c >= 'a' && *c <= 'z' ? *c - ('a' - 'A') : *c);
    }
    out[at] = '\0';
}

static void store_text(struct settings *settings, const struct row *row, const char *value)
{
    memcpy((char *)settings + row->offset, &value, sizeof(const char *));
}

static void set_text(struct settings *settings, const struct row *row, const char *value, const char *from,
                     struct buf *mistakes)
{
    size_t length = strlen(value);
    if (length < (size_t)row->least || length > (size_t)row->most) {
        buf_add_format(mistakes, "%s: needs %lld to %lld characters, has %zu\n", from, (long long)row->least,
                       (long long)row->most, length);
        return;
    }
    store_text(settings, row, value);
}

static void set_number(struct settings *settings, const struct row *row, const char *value, const char *from,
                       struct buf *mistakes)
{
    uint64_t number;
    if (!str_to_u64(str_of(value), (uint64_t)row->most, &number) || (int64_t)number < row->least) {
        buf_add_format(mistakes, "%s: needs a whole number from %lld to %lld (%s), is \"%.40s\"\n", from,
                       (long long)row->least, (long long)row->most, row->unit, value);
        return;
    }
    int64_t stored = (int64_t)number;
    memcpy((char *)settings + row->offset, &stored, sizeof stored);
}

// What stands between the brackets of an IPv6 address; behind % an interface may be named, which only the system knows.
static bool is_ipv6(struct str inside)
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr ignored;
    struct str host = str_cut(&inside, '%');
    if (host.n >= sizeof text || (inside.p != NULL && inside.n == 0)) {
        return false;
    }
    (void)snprintf(text, sizeof text, "%.*s", (int)host.n, host.p);
    return inet_pton(AF_INET6, text, &ignored) == 1;
}

static bool is_ipv4(struct str host)
{
    char text[INET_ADDRSTRLEN];
    struct in_addr ignored;
    if (host.n >= sizeof text) {
        return false;
    }
    (void)snprintf(text, sizeof text, "%.*s", (int)host.n, host.p);
    return inet_pton(AF_INET, text, &ignored) == 1;
}

// The form only: whether it can be listened on shows when it is tried.
static bool is_address(const char *value)
{
    const char *colon = strrchr(value, ':');
    uint64_t port;
    if (colon == NULL || !str_to_u64(str_of(colon + 1), UINT16_MAX, &port)) {
        return false;
    }
    struct str host = {value, (size_t)(colon - value)};
    if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']') {
        return is_ipv6((struct str){host.p + 1, host.n - 2});
    }
    return is_ipv4(host);
}

static void set_address(struct settings *settings, const struct row *row, const char *value, const char *from,
                        struct buf *mistakes)
{
    size_t length = strlen(value);
    if ((length > 0 || row->least > 0) && (length > (size_t)row->most || !is_address(value))) {
        buf_add_format(mistakes, "%s: needs an address and port like 127.0.0.1:8080 or [::1]:8080, is \"%.60s\"\n",
                       from, value);
        return;
    }
    store_text(settings, row, value);
}

// Never shown. A short one is stored all the same: it is not the mistake of having none.
static void set_secret(struct settings *settings, const struct row *row, const char *value, const char *from,
                       struct buf *mistakes)
{
    size_t length = strlen(value);
    store_text(settings, row, value);
    if (length > 0 && (length < SECRET_SHORTEST || length > (size_t)row->most)) {
        buf_add_format(mistakes, "%s: needs at least %d characters and at most %lld, has %zu\n", from, SECRET_SHORTEST,
                       (long long)row->most, length);
    }
}

static void set_level(struct settings *settings, const struct row *row, const char *value, const char *from,
                      struct buf *mistakes)
{
    enum log_level level;
    if (!log_level_parse(str_of(value), &level)) {
        buf_add_format(mistakes, "%s: needs debug, info, warn or error, is \"%.40s\"\n", from, value);
        return;
    }
    store_text(settings, row, value);
}

static void set(struct settings *settings, const struct row *row, const char *value, const char *from,
                struct buf *mistakes)
{
    static void (*const setters[KINDS])(struct settings *, const struct row *, const char *, const char *,
                                        struct buf *) = {
        [TEXT] = set_text, [NUMBER] = set_number, [ADDRESS] = set_address, [SECRET] = set_secret, [LEVEL] = set_level,
    };
    setters[row->kind](settings, row, value, from, mistakes);
}

static const struct row *find(struct str flag)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (str_equal(flag, str_of(table[i].name))) {
            return &table[i];
        }
    }
    return NULL;
}

static void read_environment(struct settings *settings, struct buf *mistakes)
{
    for (size_t i = 0; i < ROWS; i++) {
        char variable[VARIABLE_LONGEST];
        variable_of(&table[i], variable);
        const char *value = getenv(variable);
        set(settings, &table[i], table[i].fallback, table[i].name, mistakes);
        if (value != NULL) {
            set(settings, &table[i], value, variable, mistakes);
        }
    }
}

struct flags {
    int argc;
    char **argv;
    bool seen[ROWS];
};

// Reads one flag at argv[at]; returns how many arguments it took, 0 if it is no setting's flag.
static int read_flag(struct settings *settings, struct flags *flags, int at, struct buf *mistakes)
{
    struct str rest = str_of(flags->argv[at]);
    if (!str_starts_with(rest, STR("--"))) {
        return 0;
    }
    rest = (struct str){rest.p + 2, rest.n - 2};
    const struct row *row = find(str_cut(&rest, '='));
    if (row == NULL) {
        return 0;
    }
    char flag[VARIABLE_LONGEST]; // without the value, which may be the secret
    (void)snprintf(flag, sizeof flag, "--%s", row->name);
    if (flags->seen[row - table]) {
        buf_add_format(mistakes, "%s: is given twice\n", flag);
    }
    flags->seen[row - table] = true;
    if (rest.p == NULL && at + 1 >= flags->argc) {
        buf_add_format(mistakes, "%s: needs a value\n", flag);
        return 1;
    }
    set(settings, row, rest.p != NULL ? rest.p : flags->argv[at + 1], flag, mistakes);
    return rest.p != NULL ? 1 : 2;
}

void settings_read(struct settings *settings, int *argc, char **argv, struct buf *mistakes)
{
    struct flags flags = {*argc, argv, {false}};
    *settings = (struct settings){0};
    read_environment(settings, mistakes);
    int kept = *argc > 0 ? 1 : 0;
    for (int at = 1; at < *argc;) {
        int taken = read_flag(settings, &flags, at, mistakes);
        if (taken == 0) {
            argv[kept++] = argv[at++];
        }
        at += taken;
    }
    *argc = kept;
}

void settings_require_secret(const struct settings *settings, struct buf *mistakes)
{
    if (settings->secret[0] == '\0') {
        buf_add_format(mistakes, "MEIBO_SECRET: needs at least %d characters, is not set\n", SECRET_SHORTEST);
    }
}

static void add_bounds(struct buf *out, const struct row *row)
{
    if (row->kind == NUMBER) {
        buf_add_format(out, ", %lld to %lld", (long long)row->least, (long long)row->most);
    }
}

void settings_help(struct buf *out)
{
    for (size_t i = 0; i < ROWS; i++) {
        const struct row *row = &table[i];
        char variable[VARIABLE_LONGEST];
        variable_of(row, variable);
        buf_add_format(out, "  --%s, %s\n      %s\n      Default %s%s%s (%s", row->name, variable, row->text,
                       row->fallback[0] == '\0' ? "empty" : "", row->fallback, "", row->unit);
        add_bounds(out, row);
        buf_add(out, STR(")\n"));
    }
}

void settings_markdown(struct buf *out)
{
    buf_add(out, STR("| variable, flag | default | unit, range | what it does |\n|---|---|---|---|\n"));
    for (size_t i = 0; i < ROWS; i++) {
        const struct row *row = &table[i];
        char variable[VARIABLE_LONGEST];
        variable_of(row, variable);
        buf_add_format(out, "| `%s`, `--%s` | %s%s%s | %s", variable, row->name, row->fallback[0] == '\0' ? "" : "`",
                       row->fallback[0] == '\0' ? "empty" : row->fallback, row->fallback[0] == '\0' ? "" : "`",
                       row->unit);
        add_bounds(out, row);
        buf_add_format(out, " | %s |\n", row->text);
    }
}

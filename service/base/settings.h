// Settings: one table fills the struct, prints `--help`, and is what README.md is checked against. Each is read from
// the environment (MEIBO_LISTEN) or from a flag of the same name (--listen), which wins.
#ifndef MEIBO_BASE_SETTINGS_H
#define MEIBO_BASE_SETTINGS_H

#include "base/buf.h"

struct settings {
    const char *database;
    const char *secret;
    const char *listen;
    const char *operator_listen;
    const char *admin_listen;
    int64_t threads;
    int64_t operator_threads;
    int64_t connections_per_client;
    int64_t idle_timeout_s;
    int64_t max_body_bytes;
    int64_t publish_interval_ms;
    int64_t poll_interval_ms;
    int64_t statement_timeout_ms;
    int64_t pool_size;
    int64_t drain_timeout_s;
    int64_t cache_s;
    int64_t cache_bytes;
    const char *log_level;
    const char *source;
    const char *terms;
    const char *report_error;
};

enum { SECRET_SHORTEST = 32 }; // characters in MEIBO_SECRET

// Fills `settings` from the environment and from flags (`--name value` or `--name=value`) in argv[1..]; what is not a
// setting's flag stays in argv, moved together, and *argc says how much. Text is borrowed from argv and the
// environment. Every mistake becomes a line of `mistakes`, so that one run tells them all.
void settings_read(struct settings *settings, int *argc, char **argv, struct buf *mistakes);
// For a command that cannot do without MEIBO_SECRET: one more line of `mistakes` if it is not set.
void settings_require_secret(const struct settings *settings, struct buf *mistakes);
// The table for --help: a paragraph a setting with default, range and unit.
void settings_help(struct buf *out);
// The same as a Markdown table, for README.md.
void settings_markdown(struct buf *out);

#endif

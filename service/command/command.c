// What the subcommands share: see command.h.
#include "command/command.h"

#include <stdio.h>
#include <string.h>

static const struct option_spec *find(struct str name, const struct option_spec *specs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(name, str_of(specs[i].name))) {
            return &specs[i];
        }
    }
    return NULL;
}

// Reads the option at argv[*at] and moves *at behind it.
static bool read_option(const struct call *call, const struct option_spec *specs, size_t count, int *at)
{
    struct str rest = str_of(call->argv[*at] + 2);
    const struct option_spec *spec = find(str_cut(&rest, '='), specs, count);
    if (spec == NULL) {
        (void)fprintf(stderr, "meibo %s: unknown option %s (see --help)\n", call->argv[0], call->argv[*at]);
        return false;
    }
    *at += 1;
    if (spec->value == NULL) {
        *spec->given = true;
        return rest.p == NULL;
    }
    if (rest.p == NULL && *at >= call->argc) {
        (void)fprintf(stderr, "meibo %s: --%s needs a value\n", call->argv[0], spec->name);
        return false;
    }
    *spec->value = rest.p != NULL ? rest.p : call->argv[(*at)++];
    return true;
}

bool command_options(const struct call *call, const struct option_spec *specs, size_t spec_count, const char **operands,
                     size_t most, size_t *n)
{
    *n = 0;
    for (int at = 1; at < call->argc;) {
        if (strncmp(call->argv[at], "--", 2) == 0) {
            if (!read_option(call, specs, spec_count, &at)) {
                return false;
            }
        } else if (*n == most) {
            (void)fprintf(stderr, "meibo %s: too many arguments: %s (see --help)\n", call->argv[0], call->argv[at]);
            return false;
        } else {
            operands[(*n)++] = call->argv[at++];
        }
    }
    return true;
}

int command_failed(const char *name, enum err err, const struct fault *fault)
{
    (void)fprintf(stderr, "meibo %s: %s\n", name, fault->text);
    switch (err) {
    case ERR_INVALID:
    case ERR_CONFLICT:
    case ERR_LIMIT:
    case ERR_NOT_FOUND:
        return EXIT_REFUSED;
    case ERR_UNCERTAIN:
        return EXIT_UNCERTAIN;
    default:
        return EXIT_FAILED;
    }
}

bool command_has_secret(const struct settings *settings)
{
    if (settings->secret[0] == '\0') {
        (void)fprintf(stderr, "MEIBO_SECRET: needs at least %d characters, is not set\n", SECRET_SHORTEST);
        return false;
    }
    return true;
}

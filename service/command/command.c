// What the subcommands share: see command.h.
#include "command/command.h"

#include <stdarg.h>
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

static bool is_given(const struct option_spec *spec, const struct option_spec *specs, uint64_t *seen)
{
    uint64_t bit = UINT64_C(1) << (spec - specs);
    bool given = (*seen & bit) != 0;
    *seen |= bit;
    return given;
}

// Reads the option at argv[at]; returns how many arguments it took.
static int read_option(const struct call *call, const struct option_spec *specs, size_t count, int at, uint64_t *seen)
{
    struct str rest = str_of(call->argv[at] + 2);
    const struct option_spec *spec = find(str_cut(&rest, '='), specs, count);
    if (spec == NULL) {
        command_mistake(call, "unknown option %.100s (see --help)", call->argv[at]);
        return 1;
    }
    if (is_given(spec, specs, seen)) {
        command_mistake(call, "--%s is given twice", spec->name);
    }
    if (spec->value == NULL) {
        *spec->given = true;
        if (rest.p != NULL) {
            command_mistake(call, "--%s takes no value", spec->name);
        }
        return 1;
    }
    if (rest.p == NULL && at + 1 >= call->argc) {
        command_mistake(call, "--%s needs a value", spec->name);
        return 1;
    }
    *spec->value = rest.p != NULL ? rest.p : call->argv[at + 1];
    return rest.p != NULL ? 1 : 2;
}

bool command_options(const struct call *call, const struct option_spec *specs, size_t spec_count, const char **operands,
                     size_t most, size_t *n)
{
    uint64_t seen = 0;
    *n = 0;
    for (int at = 1; at < call->argc;) {
        if (strncmp(call->argv[at], "--", 2) == 0) {
            at += read_option(call, specs, spec_count, at, &seen);
            continue;
        }
        if (*n == most) {
            command_mistake(call, "too many arguments: %.100s (see --help)", call->argv[at]);
        } else {
            operands[(*n)++] = call->argv[at];
        }
        at++;
    }
    return !command_is_wrong(call);
}

void command_mistake(const struct call *call, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buf_add_format(call->mistakes, "meibo %s: %s\n", call->name, text);
}

bool command_is_wrong(const struct call *call)
{
    return call->mistakes->n > 0 || buf_failed(call->mistakes);
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

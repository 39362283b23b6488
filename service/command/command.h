// The subcommands. Each reads its own arguments and returns the exit status: 0 done, 1 it failed, 2 the call was wrong,
// 3 the input was refused (a broken file, a guard), 4 the outcome is uncertain.
#ifndef MEIBO_COMMAND_COMMAND_H
#define MEIBO_COMMAND_COMMAND_H

#include "base/buf.h"
#include "base/settings.h"
#include "store/conn.h"

enum exit_status { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_REFUSED = 3, EXIT_UNCERTAIN = 4 };

// What is left of the command line behind the subcommand: its settings' flags are taken out already. What is wrong with
// the settings is in `mistakes`; a command adds what is wrong with its own arguments, does nothing if there is any, and
// returns EXIT_USAGE: then main prints them all.
struct call {
    const struct settings *settings;
    struct buf *mistakes; // a line each
    const char *name;     // of the subcommand
    int argc;
    char **argv; // argv[0] is the subcommand's name, or that of its action
};

int command_serve(const struct call *call);
int command_migrate(const struct call *call);
int command_import(const struct call *call);
int command_sample(const struct call *call);
int command_operator(const struct call *call);

// --- what they share ---------------------------------------------------------

// An option of a subcommand: `--name VALUE`, or `--name` alone where `value` is NULL.
struct option_spec {
    const char *name;
    const char **value;
    bool *given;
};
// Takes the options out of call->argv; what remains are the operands in operands[0..*n). False: the call is wrong (see
// command_is_wrong); whatever was right is filled in, so that the caller can go on checking.
bool command_options(const struct call *call, const struct option_spec *specs, size_t spec_count, const char **operands,
                     size_t most, size_t *n) MUST_CHECK;
// Adds "meibo NAME: ..." to the call's mistakes.
void command_mistake(const struct call *call, const char *format, ...) PRINTF_LIKE(2, 3);
// Any mistake so far, of the settings or of the arguments.
bool command_is_wrong(const struct call *call);
// Prints "meibo NAME: fault" and turns the error into an exit status.
int command_failed(const char *name, enum err err, const struct fault *fault);

#endif

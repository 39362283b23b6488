// meibo import register|courses|operators|completions FILE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "command/command.h"
#include "publish/import.h"

static const struct {
    const char *name;
    enum reader_kind kind;
} kinds[] = {
    {"register", READER_REGISTER},
    {"courses", READER_COURSES},
    {"operators", READER_OPERATORS},
    {"completions", READER_COMPLETIONS},
};

static void read_kind(const struct call *call, const char *name, enum reader_kind *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_equal(str_of(name), str_of(kinds[i].name))) {
            *kind = kinds[i].kind;
            return;
        }
    }
    command_mistake(call, "\"%.100s\" is not register, courses, operators or completions", name);
}

static void read_encoding(const struct call *call, const char *name, enum reader_encoding *encoding)
{
    bool utf8 = str_equal(str_of(name), STR("utf-8"));
    bool shift_jis = str_equal(str_of(name), STR("shift_jis"));
    *encoding = shift_jis ? READER_SHIFT_JIS : READER_UTF8;
    if (!utf8 && !shift_jis) {
        command_mistake(call, "--encoding needs utf-8 or shift_jis, is \"%.100s\"", name);
    }
}

static void read_percent(const struct call *call, const char *text, double *percent)
{
    char *end = NULL;
    *percent = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(*percent) || *percent < 0 || *percent > 100) {
        command_mistake(call, "--allow-ended needs a percentage from 0 to 100, is \"%.100s\"", text);
    }
}

static void print_result(const struct import_plan *plan, const struct import_result *result, const char *kind)
{
    (void)printf("%s: %llu rows: %llu added, %llu changed, %llu ended, %llu unchanged", kind,
                 (unsigned long long)result->rows, (unsigned long long)result->added,
                 (unsigned long long)result->changed, (unsigned long long)result->ended,
                 (unsigned long long)result->unchanged);
    if (plan->dry_run) {
        (void)printf(" (dry run: nothing applied)\n");
    } else if (result->publication == 0) {
        (void)printf(" (nothing to publish)\n");
    } else {
        (void)printf(" (publication %lld)\n", (long long)result->publication);
    }
}

static void print_faults(const char *path, const struct import_result *result)
{
    for (size_t i = 0; i < result->fault_count; i++) {
        const struct reader_fault *f = &result->faults[i];
        if (f->line == 0) { // about what the file leaves out
            (void)fprintf(stderr, "%s: %s: %s\n", path, f->field, f->reason);
        } else {
            (void)fprintf(stderr, "%s:%llu: %s%s%s\n", path, (unsigned long long)f->line, f->field,
                          f->field[0] == '\0' ? "" : ": ", f->reason);
        }
    }
    if (result->fault_count == READER_FAULTS_MAX) {
        (void)fprintf(stderr, "%s: these are the first %d; there may be more\n", path, READER_FAULTS_MAX);
    }
}

static int refused(enum err err, const struct fault *fault)
{
    int status = command_failed("import", err, fault);
    if (err == ERR_LIMIT) {
        (void)fprintf(stderr, "meibo import: --allow-ended PERCENT allows more, if that many are meant to end\n");
    }
    return status;
}

static int run(const struct call *call, const struct import_plan *plan, const char *kind)
{
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = NULL;
    struct import_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        (void)err_set(&fault, ERR_MEMORY, "no memory");
        return command_failed("import", ERR_MEMORY, &fault);
    }
    enum err err = conn_open(call->settings, STORE_PUBLISHER, &conn, &fault);
    if (err == ERR_OK) {
        err = import_run(conn, plan, result, &fault);
    }
    print_faults(plan->path, result);
    if (err == ERR_OK) {
        print_result(plan, result, kind);
    }
    free(result);
    return err == ERR_OK ? EXIT_DONE : refused(err, &fault);
}

int command_import(const struct call *call)
{
    const char *operands[2];
    const char *encoding = "utf-8";
    const char *allow_ended = "1";
    size_t n;
    struct import_plan plan = {.secret = str_of(call->settings->secret)};
    const struct option_spec specs[] = {
        {"dry-run", NULL, &plan.dry_run}, {"encoding", &encoding, NULL}, {"allow-ended", &allow_ended, NULL}};
    bool good = command_options(call, specs, sizeof specs / sizeof specs[0], operands, 2, &n);
    read_encoding(call, encoding, &plan.encoding);
    read_percent(call, allow_ended, &plan.allow_ended);
    if (n > 0) {
        read_kind(call, operands[0], &plan.kind);
    }
    if (n != 2) {
        command_mistake(call, "say what to import and from which file (see --help)");
    }
    if (!good || command_is_wrong(call)) {
        return EXIT_USAGE;
    }
    plan.path = operands[1];
    return run(call, &plan, operands[0]);
}

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

static bool read_kind(const char *name, enum reader_kind *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_equal(str_of(name), str_of(kinds[i].name))) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    (void)fprintf(stderr, "meibo import: \"%s\" is not register, courses, operators or completions\n", name);
    return false;
}

static bool read_encoding(const char *name, enum reader_encoding *encoding)
{
    bool utf8 = str_equal(str_of(name), STR("utf-8"));
    bool shift_jis = str_equal(str_of(name), STR("shift_jis"));
    *encoding = shift_jis ? READER_SHIFT_JIS : READER_UTF8;
    if (!utf8 && !shift_jis) {
        (void)fprintf(stderr, "meibo import: --encoding needs utf-8 or shift_jis, is \"%s\"\n", name);
    }
    return utf8 || shift_jis;
}

static bool read_percent(const char *text, double *percent)
{
    char *end = NULL;
    *percent = strtod(text, &end);
    bool good = end != text && *end == '\0' && isfinite(*percent) && *percent >= 0 && *percent <= 100;
    if (!good) {
        (void)fprintf(stderr, "meibo import: --allow-ended needs a percentage from 0 to 100, is \"%s\"\n", text);
    }
    return good;
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
    if (err == ERR_LIMIT) {
        (void)fprintf(stderr, "meibo import: --allow-ended PERCENT allows more, if that many are meant to end\n");
    }
    return err == ERR_OK ? EXIT_DONE : command_failed("import", err, &fault);
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
    if (!command_options(call, specs, sizeof specs / sizeof specs[0], operands, 2, &n) ||
        !read_encoding(encoding, &plan.encoding) || !read_percent(allow_ended, &plan.allow_ended)) {
        return EXIT_USAGE;
    }
    if (n != 2) {
        (void)fprintf(stderr, "meibo import: say what to import and from which file (see --help)\n");
        return EXIT_USAGE;
    }
    plan.path = operands[1];
    if (!read_kind(operands[0], &plan.kind) || !command_has_secret(call->settings)) {
        return EXIT_USAGE;
    }
    return run(call, &plan, operands[0]);
}

// meibo operator add|list|token|revoke
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "intake/operator.h"
#include "publish/operator_add.h"

static int usage(const struct call *call, const char *what)
{
    command_mistake(call, "%s (see --help)", what);
    return EXIT_USAGE;
}

static int add(const struct call *call)
{
    const char *code = NULL;
    const char *name = NULL;
    const char *name_en = NULL;
    const char *domain = NULL;
    size_t n;
    int64_t publication = 0;
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = NULL;
    const struct option_spec specs[] = {{"name", &name, NULL}, {"name-en", &name_en, NULL}, {"domain", &domain, NULL}};
    bool good = command_options(call, specs, sizeof specs / sizeof specs[0], &code, 1, &n);
    if (n != 1 || name == NULL) {
        return usage(call, "add needs a code and --name");
    }
    if (!good) {
        return EXIT_USAGE;
    }
    struct operator_entry entry = {str_of(code), str_of(name), str_of(name_en), str_of(domain)};
    enum err err = conn_open(call->settings, STORE_PUBLISHER, &conn, &fault);
    if (err == ERR_OK) {
        err = operator_add(conn, &entry, &publication, &fault);
    }
    if (err != ERR_OK) {
        return command_failed("operator", err, &fault);
    }
    (void)printf("operator %s added (publication %lld)\n", code, (long long)publication);
    return EXIT_DONE;
}

static void print_text(struct str text)
{
    (void)printf("\t%.*s", text.p == NULL ? 1 : (int)text.n, text.p == NULL ? "-" : text.p);
}

static void print_line(void *context, const struct operator_line *line)
{
    (void)context;
    (void)printf("%.*s", (int)line->code.n, line->code.p);
    print_text(line->name);
    print_text(line->key_id);
    print_text(line->created_at);
    print_text(line->expires_on);
    print_text(line->revoked_at);
    (void)printf("\n");
}

static int list(const struct call *call)
{
    size_t n;
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = NULL;
    if (!command_options(call, NULL, 0, NULL, 0, &n)) {
        return EXIT_USAGE;
    }
    enum err err = conn_open(call->settings, STORE_ADMIN, &conn, &fault);
    if (err == ERR_OK) {
        (void)printf("operator\tname\tkey id\tcreated\texpires\trevoked\n");
        err = operator_list(conn, print_line, NULL, &fault);
    }
    return err == ERR_OK ? EXIT_DONE : command_failed("operator", err, &fault);
}

static int token(const struct call *call)
{
    const char *code = NULL;
    const char *expires = NULL;
    size_t n;
    day_t expires_on = DAY_NONE;
    char text[TOKEN_TEXT + 1];
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = NULL;
    const struct option_spec specs[] = {{"expires", &expires, NULL}};
    bool good = command_options(call, specs, 1, &code, 1, &n);
    if (expires != NULL && !day_parse(str_of(expires), &expires_on)) {
        command_mistake(call, "--expires needs a day as YYYY-MM-DD, is \"%.40s\"", expires);
    }
    if (n != 1) {
        return usage(call, "token needs an operator's code");
    }
    if (!good || command_is_wrong(call)) {
        return EXIT_USAGE;
    }
    enum err err = conn_open(call->settings, STORE_ADMIN, &conn, &fault);
    if (err == ERR_OK) {
        err = token_issue(conn, code, expires_on, clock_tokyo_day(clock_now()), text, &fault);
    }
    if (err != ERR_OK) {
        return command_failed("operator", err, &fault);
    }
    (void)printf("%s\n", text);
    return EXIT_DONE;
}

static int revoke(const struct call *call)
{
    const char *key_id = NULL;
    size_t n;
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = NULL;
    bool good = command_options(call, NULL, 0, &key_id, 1, &n);
    if (n != 1) {
        return usage(call, "revoke needs a token's key id (the part after mbo_; see `operator list`)");
    }
    if (!good) {
        return EXIT_USAGE;
    }
    enum err err = conn_open(call->settings, STORE_ADMIN, &conn, &fault);
    if (err == ERR_OK) {
        err = token_revoke(conn, key_id, &fault);
    }
    if (err != ERR_OK) {
        return command_failed("operator", err, &fault);
    }
    (void)printf("token %s revoked\n", key_id);
    return EXIT_DONE;
}

int command_operator(const struct call *call)
{
    static const struct {
        const char *name;
        int (*run)(const struct call *call);
    } actions[] = {{"add", add}, {"list", list}, {"token", token}, {"revoke", revoke}};
    if (call->argc < 2) {
        return usage(call, "say add, list, token or revoke");
    }
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(call->argv[1], actions[i].name) == 0) {
            struct call rest = {call->settings, call->mistakes, call->name, call->argc - 1, call->argv + 1};
            return actions[i].run(&rest);
        }
    }
    return usage(call, "it can add, list, token or revoke");
}

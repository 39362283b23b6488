// The list of operators and tokens that the command line shows.
#include "intake/operator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/unit/database.h"

static void write_line(void *context, const struct operator_line *line)
{
    struct buf *out = context;
    const struct str columns[] = {line->code,       line->name,       line->key_id,
                                  line->expires_on, line->revoked_at, line->created_at};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        buf_add(out, columns[i].p == NULL ? STR("-") : columns[i]);
        buf_add_char(out, i == 5 ? '\n' : '|');
    }
}

static void test_lists(void **state)
{
    struct database *database = database_of(state);
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    BUF_AUTO struct buf out;
    buf_init(&out, 4096);
    struct fault fault;
    database_fill(database);
    database_run(database,
                 "insert into meibo.operator (code, name, began, ended) values ('gone', 'Gone', 1, 2);"
                 "insert into meibo.token (key_id, operator, digest, created_at, expires_on, revoked_at) values"
                 " ('bbbbbbbbbbbb', 'sample-b', sha256('1'), '2026-02-01T00:00:00Z', '2026-12-31', null),"
                 " ('aaaaaaaaaaaa', 'sample-b', sha256('2'), '2026-01-01T09:00:00+09:00', null,"
                 "  '2026-03-01T00:00:00Z')");
    assert_int_equal(operator_list(conn, write_line, &out, &fault), ERR_OK);
    assert_string_equal(buf_text(&out), "sample-a|Sample A|-|-|-|-\n"
                                        "sample-b|Sample B|aaaaaaaaaaaa|-|2026-03-01T00:00:00Z|2026-01-01T00:00:00Z\n"
                                        "sample-b|Sample B|bbbbbbbbbbbb|2026-12-31|-|2026-02-01T00:00:00Z\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lists)};
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}

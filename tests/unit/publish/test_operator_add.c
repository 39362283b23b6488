// Adding an operator is a publication of its own, or nothing.
#include "publish/operator_add.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/database.h"

static enum err add(const struct database *database, struct operator_entry entry, int64_t *publication)
{
    CONN_AUTO struct conn *conn = database_open(database, STORE_PUBLISHER);
    struct fault fault;
    enum err err = operator_add(conn, &entry, publication, &fault);
    assert_true(conn_is_usable(conn));
    return err;
}

static void test_adds(void **state)
{
    struct database *database = database_of(state);
    int64_t publication = 0;
    database_fill(database);
    const struct operator_entry entry = {STR("sample-c"), STR("見本機関"), {NULL, 0}, STR("c.example")};
    assert_int_equal(add(database, entry, &publication), ERR_OK);
    assert_int_equal(publication, 3);
    assert_int_equal(database_ask(database, "select count(*) from meibo.operator where code = 'sample-c' and"
                                            " name = '見本機関' and name_en is null and domain = 'c.example' and"
                                            " began = 3 and ended is null"),
                     1);
    assert_int_equal(database_ask(database, "select count(*) from meibo.publication where number = 3 and"
                                            " cause = 'operators' and (added, changed, ended) = (1, 0, 0)"),
                     1);
}

static void test_refuses(void **state)
{
    struct database *database = database_of(state);
    int64_t publication = 0;
    database_fill(database);
    const struct operator_entry taken = {.code = STR("sample-a"), .name = STR("Another")};
    const struct operator_entry no_code = {.code = STR("Sample C"), .name = STR("Sample C")};
    const struct operator_entry no_name = {.code = STR("sample-c")};
    assert_int_equal(add(database, taken, &publication), ERR_CONFLICT);
    assert_int_equal(add(database, no_code, &publication), ERR_INVALID);
    assert_int_equal(add(database, no_name, &publication), ERR_INVALID);
    assert_int_equal(database_ask(database, "select number from meibo.publication_head"), 2);
    // A code that was ended may come back.
    database_run(database, "update meibo.operator set ended = 2 where code = 'sample-a'");
    assert_int_equal(add(database, taken, &publication), ERR_OK);
    assert_int_equal(publication, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_adds), cmocka_unit_test(test_refuses)};
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}

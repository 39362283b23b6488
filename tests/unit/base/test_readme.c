// README.md's table of settings is the program's own: the one in base/settings.c.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"

static void table_is_the_programs(void **state)
{
    (void)state;
    BUF_AUTO struct buf readme;
    BUF_AUTO struct buf table;
    buf_init(&readme, 1024 * 1024);
    buf_init(&table, 65536);
    FILE *file = fopen("README.md", "r");
    assert_non_null(file);
    char part[4096];
    for (size_t n = fread(part, 1, sizeof part, file); n > 0; n = fread(part, 1, sizeof part, file)) {
        buf_add(&readme, (struct str){part, n});
    }
    (void)fclose(file);
    settings_markdown(&table);
    const char *text = buf_text(&readme);
    const char *wanted = buf_text(&table);
    assert_non_null(text);
    if (strstr(text, wanted) == NULL) {
        (void)printf("README.md must hold, between its settings marks:\n%s\n", wanted);
        fail();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table_is_the_programs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

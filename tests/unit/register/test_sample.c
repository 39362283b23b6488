// The four files as a whole: repeatable, complete, replaced together or not at all.
#include "sample_fixture.h"

#include <signal.h>
#include <sys/resource.h>

static size_t count_entries(const char *directory)
{
    DIR *dir = opendir(directory);
    assert_non_null(dir);
    size_t count = 0;
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        count += entry->d_name[0] != '.';
    }
    (void)closedir(dir);
    return count;
}

static bool same_bytes(const char *a, const char *b)
{
    FILE *first = fopen(a, "r");
    FILE *second = fopen(b, "r");
    assert_non_null(first);
    assert_non_null(second);
    int x;
    int y;
    do {
        x = getc(first);
        y = getc(second);
    } while (x == y && x != EOF);
    (void)fclose(first);
    (void)fclose(second);
    return x == y;
}

static void same_plan_gives_the_same_bytes(void **state)
{
    (void)state;
    char one[PATH_BYTES];
    char two[PATH_BYTES];
    write_into(one, "one", plan_of(SMALL, 5));
    write_into(two, "two", plan_of(SMALL, 5));
    for (size_t i = 0; i < FILES; i++) {
        char a[PATH_BYTES];
        char b[PATH_BYTES];
        path_in(a, one, names[i]);
        path_in(b, two, names[i]);
        assert_true(same_bytes(a, b));
    }
}

static void another_seed_gives_other_people(void **state)
{
    (void)state;
    char one[PATH_BYTES];
    char two[PATH_BYTES];
    write_into(one, "one", plan_of(SMALL, 5));
    write_into(two, "two", plan_of(SMALL, 6));
    char a[PATH_BYTES];
    char b[PATH_BYTES];
    path_in(a, one, "register.ndjson");
    path_in(b, two, "register.ndjson");
    assert_false(same_bytes(a, b));
}

static void person_is_the_same_on_another_day(void **state)
{
    (void)state;
    char directory[PATH_BYTES];
    struct sample_plan plan = plan_of(SMALL, 1);
    plan.today += 400;
    write_into(directory, "later", plan);
    json_t *rows = load(directory, "register.ndjson");
    const json_t *now = json_array_get(world.registrants, 0);
    const json_t *later = json_array_get(rows, 0);
    assert_string_equal(text_of(now, "name"), text_of(later, "name"));
    json_decref(rows);
}

static void small_registers_and_early_days_work(void **state)
{
    (void)state;
    char directory[PATH_BYTES];
    struct sample_plan plan = {1, 0, day_from_ymd((struct ymd){2017, 4, 1})};
    write_into(directory, "tiny", plan);
    json_t *rows = load(directory, "register.ndjson");
    json_t *completions = load(directory, "completions.ndjson");
    assert_int_equal(json_array_size(rows), 1);
    assert_int_equal(json_array_size(completions), 0);
    assert_string_equal(text_of(json_array_get(rows, 0), "registered_on"), "2017-04-01");
    json_decref(completions);
    json_decref(rows);
}

static void far_days_work(void **state)
{
    (void)state;
    char directory[PATH_BYTES];
    struct sample_plan plan = {300, 3, day_from_ymd((struct ymd){2150, 12, 31})};
    write_into(directory, "far", plan);
    json_t *rows = load(directory, "register.ndjson");
    assert_int_equal(json_array_size(rows), 300);
    json_decref(rows);
}

static void plans_out_of_range_are_refused(void **state)
{
    (void)state;
    day_t today = plan_of(1, 1).today;
    const struct sample_plan plans[] = {
        {0, 1, today},
        {SAMPLE_REGISTRANTS_MAX + 1, 1, today},
        {1, 1, day_from_ymd((struct ymd){2017, 3, 31})},
        {1, 1, day_from_ymd((struct ymd){2151, 1, 1})},
    };
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        struct fault fault = {0};
        assert_int_equal(sample_write(world.root, plans[i], &fault), ERR_INVALID);
        assert_true(fault.text[0] != '\0');
    }
}

static void unusable_directory_is_named(void **state)
{
    (void)state;
    char directory[PATH_BYTES];
    struct fault fault = {0};
    path_in(directory, world.root, "missing/below");
    assert_int_equal(sample_write(directory, plan_of(1, 1), &fault), ERR_IO);
    assert_non_null(strstr(fault.text, directory));
    path_in(directory, world.root, "main/courses.ndjson");
    assert_int_equal(sample_write(directory, plan_of(1, 1), &fault), ERR_IO);
    assert_non_null(strstr(fault.text, "courses.ndjson/operators.ndjson"));
}

static void failed_write_leaves_the_old_files(void **state)
{
    (void)state;
    char directory[PATH_BYTES];
    write_into(directory, "limited", plan_of(5, 1));
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit tight = {100000, before.rlim_max};
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    struct fault fault = {0};
    enum err err = sample_write(directory, plan_of(SMALL, 1), &fault);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(err, ERR_IO);
    assert_non_null(strstr(fault.text, "register.ndjson"));
    assert_int_equal(count_entries(directory), FILES);
    json_t *rows = load(directory, "register.ndjson");
    assert_int_equal(json_array_size(rows), 5);
    json_decref(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_plan_gives_the_same_bytes),
        cmocka_unit_test(another_seed_gives_other_people),
        cmocka_unit_test(person_is_the_same_on_another_day),
        cmocka_unit_test(small_registers_and_early_days_work),
        cmocka_unit_test(far_days_work),
        cmocka_unit_test(plans_out_of_range_are_refused),
        cmocka_unit_test(unusable_directory_is_named),
        cmocka_unit_test(failed_write_leaves_the_old_files),
    };
    return cmocka_run_group_tests_name("register/sample", tests, set_up, tear_down);
}

// What the sample register's tests share: a register of 24,000 written once into a directory of the test's own, and
// read back with a JSON parser that is not ours.
#ifndef MEIBO_TESTS_SAMPLE_FIXTURE_H
#define MEIBO_TESTS_SAMPLE_FIXTURE_H

#include "register/sample.h"
#include "register/types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REGISTRANTS = 24000, SMALL = 700, FIRST_YEAR = 2017, LAST_YEAR = 2026, PATH_BYTES = 512 };

// The register that most tests look at, written once.
struct world {
    char root[PATH_BYTES];
    day_t today;
    json_t *registrants; // arrays of objects, as in the files
    json_t *courses;
    json_t *operators;
    json_t *completions;
    json_t *course_by_code;
};

static struct world world;

static const char *const names[] = {"operators.ndjson", "courses.ndjson", "register.ndjson", "completions.ndjson"};
enum { FILES = sizeof names / sizeof names[0] };

static inline void path_in(char out[PATH_BYTES], const char *directory, const char *name)
{
    assert_true(snprintf(out, PATH_BYTES, "%s/%s", directory, name) < PATH_BYTES);
}

static inline json_t *load(const char *directory, const char *name)
{
    char path[PATH_BYTES];
    path_in(path, directory, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    json_t *rows = json_array();
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while ((length = getline(&line, &capacity, file)) > 0) {
        json_error_t error;
        json_t *row = json_loadb(line, (size_t)length, JSON_REJECT_DUPLICATES, &error);
        assert_true(json_is_object(row));
        assert_int_equal(line[length - 1], '\n');
        json_array_append_new(rows, row);
    }
    free(line);
    (void)fclose(file);
    return rows;
}

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    assert_non_null(text);
    return text;
}

static inline bool has(const json_t *row, const char *key)
{
    return json_object_get(row, key) != NULL;
}

static inline day_t day_of(const json_t *row, const char *key)
{
    day_t day;
    assert_true(day_parse(str_of(text_of(row, key)), &day));
    return day;
}

static inline uint32_t renewals_of(const json_t *row)
{
    return (uint32_t)json_integer_value(json_object_get(row, "renewal_count"));
}

static inline number_t number_of(const json_t *row)
{
    number_t number;
    assert_true(number_parse(str_of(text_of(row, "number")), &number));
    return number;
}

static inline struct sample_plan plan_of(uint32_t registrants, uint64_t seed)
{
    return (struct sample_plan){registrants, seed, day_from_ymd((struct ymd){LAST_YEAR, 11, 23})};
}

static inline void write_into(char out[PATH_BYTES], const char *name, struct sample_plan plan)
{
    struct fault fault = {0};
    path_in(out, world.root, name);
    assert_int_equal(sample_write(out, plan, &fault), ERR_OK);
}

static inline void remove_tree(const char *directory)
{
    DIR *dir = opendir(directory);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char path[PATH_BYTES];
        path_in(path, directory, entry->d_name);
        bool is_itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        struct stat status;
        if (is_itself || lstat(path, &status) != 0) {
            continue;
        }
        if (S_ISDIR(status.st_mode)) {
            remove_tree(path);
        } else {
            (void)unlink(path);
        }
    }
    (void)closedir(dir);
    (void)rmdir(directory);
}

static inline int set_up(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    path_in(world.root, base != NULL ? base : "/tmp", "meibo-sample-XXXXXX");
    if (mkdtemp(world.root) == NULL) {
        return -1;
    }
    struct sample_plan plan = plan_of(REGISTRANTS, 1);
    char directory[PATH_BYTES];
    write_into(directory, "main", plan);
    world.today = plan.today;
    world.operators = load(directory, names[0]);
    world.courses = load(directory, names[1]);
    world.registrants = load(directory, names[2]);
    world.completions = load(directory, names[3]);
    world.course_by_code = json_object();
    size_t i;
    json_t *course;
    json_array_foreach(world.courses, i, course)
    {
        assert_false(has(world.course_by_code, text_of(course, "code")));
        json_object_set(world.course_by_code, text_of(course, "code"), course);
    }
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    json_decref(world.course_by_code);
    json_decref(world.completions);
    json_decref(world.registrants);
    json_decref(world.courses);
    json_decref(world.operators);
    remove_tree(world.root);
    return 0;
}

#endif

// Pages of a search as JSON and NDJSON: why a person was found, counts, hints, members left out, the same people in
// every form, and walks in every order.
#include "tests/unit/api/routes_bench.h"

#include <stdlib.h>

#include "edition/cursor.h"

#define MIHON "%E8%A6%8B%E6%9C%AC"

static const json_t *item_at(struct bench *bench, size_t i)
{
    return json_array_get(json_object_get(body_of(bench), "items"), i);
}

static void why_it_was_found(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/registrants?name=" MIHON "&limit=1"), 200);
    const json_t *match = json_object_get(item_at(&bench, 0), "match");
    assert_string_equal(json_string_value(json_object_get(match, "field")), "name");
    assert_string_equal(json_string_value(json_object_get(match, "tier")), "exact");
    assert_int_equal(json_object_size(match), 2);
    assert_int_equal(get(&bench, "/v1/registrants?q=mihon&limit=1"), 200);
    assert_non_null(json_object_get(item_at(&bench, 0), "match"));
    assert_int_equal(get(&bench, "/v1/registrants?number=10"), 200);
    assert_null(json_object_get(item_at(&bench, 0), "match"));
}

static void expect_members(struct bench *bench, const char *target, const char *expected)
{
    char found[400] = "";
    size_t n = 0;
    const char *name;
    json_t *value;
    assert_int_equal(get(bench, target), 200);
    json_t *item = (json_t *)(uintptr_t)item_at(bench, 0);
    json_object_foreach(item, name, value)
    {
        n += (size_t)snprintf(found + n, sizeof found - n, "%s ", name);
    }
    assert_string_equal(found, expected);
}

static void members_left_out(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    expect_members(&bench, "/v1/registrants?number=10&fields=name", "number name ");
    expect_members(&bench, "/v1/registrants?number=10&fields=completions,number,home", "number home completions ");
    expect_members(&bench, "/v1/registrants?number=10&fields=suspended_until", "number ");
    expect_members(&bench, "/v1/registrants?number=50&fields=name,status", "number status "); // a tombstone
    expect_members(&bench, "/v1/registrants?name=" MIHON "&limit=1&fields=number", "number match ");
    expect_members(&bench, "/v1/registrants?number=1000000&fields=name,other_name", "number name other_name ");
}

// All members asked for one by one are the whole.
static void all_members_are_the_whole(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/registrants?number=10,20,30,40,90"), 200);
    json_t *whole = json_deep_copy(json_object_get(body_of(&bench), "items"));
    assert_int_equal(get(&bench, "/v1/registrants?number=10,20,30,40,90&fields=number,status,status_on,registered_on,"
                                 "renewed_on,renewal_count,expires_on,suspended_until,exam_passed,name,kana,other_name,"
                                 "birth_month,exam_certificate,home,employer,employer_place,profile,completions"),
                     200);
    assert_true(json_equal(whole, json_object_get(body_of(&bench), "items")));
    json_decref(whole);
}

static json_int_t count_of(const json_t *facets, const char *facet, const char *value)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(facets, facet), i, entry)
    {
        if (strcmp(json_string_value(json_object_get(entry, "value")), value) == 0) {
            return json_integer_value(json_object_get(entry, "count"));
        }
    }
    return 0;
}

static void counts(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(
        get(&bench, "/v1/registrants?limit=1&facets=home,employer_place,status,kind,course,registered_year"), 200);
    const json_t *facets = json_object_get(body_of(&bench), "facets");
    assert_int_equal(json_object_size(facets), 6);
    assert_int_equal(count_of(facets, "home", "13"), 1);
    assert_int_equal(count_of(facets, "home", "14"), 1);
    assert_int_equal(count_of(facets, "home", "99"), 1);
    assert_int_equal(json_array_size(json_object_get(facets, "home")), 3);
    assert_int_equal(count_of(facets, "employer_place", "99"), 1);
    assert_int_equal(count_of(facets, "status", "registered"), 3);
    assert_int_equal(count_of(facets, "status", "name_use_suspended"), 2);
    assert_int_equal(count_of(facets, "kind", "online"), 4);
    assert_int_equal(count_of(facets, "kind", "designated"), 2);
    assert_int_equal(count_of(facets, "course", "online-2024"), 2);
    assert_int_equal(count_of(facets, "course", "old-2019"), 1); // a course that ended
    assert_int_equal(count_of(facets, "registered_year", "2024"), 4);
    assert_int_equal(count_of(facets, "registered_year", "2023"), 1);
    assert_int_equal(get(&bench, "/v1/registrants?limit=1"), 200);
    assert_null(json_object_get(body_of(&bench), "facets"));
    assert_int_equal(get(&bench, "/v1/registrants?facets=skill&limit=1"), 200);
    facets = json_object_get(body_of(&bench), "facets");
    assert_int_equal(json_array_size(json_object_get(facets, "skill")), 0);
    assert_int_equal(json_object_size(facets), 1);
}

// A skill for each of 320 people: 300 are listed, the rest counted.
static struct edition *edition_of_skills(void)
{
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    for (number_t i = 1; i <= 320; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "skill %u", i);
        const struct str skill = str_of(text);
        struct registrant person = plain_person(i);
        person.skills = (struct text_list){&skill, 1};
        add_person(builder, &person, NULL);
    }
    return finish(&builder);
}

static void values_beyond_those_listed(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    struct edition *edition = edition_of_skills();
    gate_replace(bench.api.gate, &edition);
    assert_int_equal(get(&bench, "/v1/registrants?facets=skill,home&limit=1"), 200);
    const json_t *facets = json_object_get(body_of(&bench), "facets");
    assert_int_equal(json_array_size(json_object_get(facets, "skill")), FACET_VALUES_MOST);
    const json_t *omitted = json_object_get(facets, "omitted");
    assert_int_equal(json_integer_value(json_object_get(omitted, "skill")), 320 - FACET_VALUES_MOST);
    assert_int_equal(json_object_size(omitted), 1);
}

static void hints(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/registrants?name=" MIHON "%E5%A4%AA%E9%83%8E%E5%85%AB%E4%B9%9D"), 200);
    const json_t *found = json_object_get(body_of(&bench), "hints");
    assert_int_equal(json_integer_value(json_object_get(found, "withheld_names")), 1); // 90
    assert_true(json_is_array(json_object_get(found, "near")));
    assert_int_equal(get(&bench, "/v1/registrants?name=" MIHON), 200);
    assert_null(json_object_get(body_of(&bench), "hints"));
    assert_int_equal(get(&bench, "/v1/registrants?number=77"), 200);
    assert_non_null(json_object_get(body_of(&bench), "hints"));
    assert_string_equal(json_string_value(json_array_get(json_object_get(bench.json, "unknown_numbers"), 0)), "000077");
}

// --- NDJSON ---

static int get_as(struct bench *bench, const char *media, const char *target)
{
    return send_with(bench, ANYWHERE, "GET", target, "Accept", media);
}

// The lines of the body as an array; the last is cut off into `*end`.
static json_t *lines_of(struct bench *bench, json_t **end)
{
    json_t *lines = json_array();
    struct str rest = buf_str(&bench->reply.body);
    assert_true(rest.n > 0 && rest.p[rest.n - 1] == '\n');
    rest.n--;
    while (rest.p != NULL) {
        struct str line = str_cut(&rest, '\n');
        json_t *value = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(value);
        assert_int_equal(json_array_append_new(lines, value), 0);
    }
    size_t last = json_array_size(lines) - 1;
    *end = json_incref(json_array_get(lines, last));
    assert_int_equal(json_array_remove(lines, last), 0);
    return lines;
}

// The lines are the items; the end is the rest of the JSON answer.
static void assert_same(struct bench *bench, const char *target)
{
    assert_int_equal(get(bench, target), 200);
    json_t *whole = json_deep_copy(body_of(bench));
    assert_int_equal(get_as(bench, "application/x-ndjson", target), 200);
    assert_string_equal(bench->reply.content_type, "application/x-ndjson");
    json_t *end_line;
    json_t *lines = lines_of(bench, &end_line);
    assert_true(json_equal(lines, json_object_get(whole, "items")));
    assert_true(json_is_true(json_object_get(end_line, "end")));
    assert_int_equal(json_integer_value(json_object_get(end_line, "count")), json_array_size(lines));
    assert_int_equal(json_object_del(end_line, "end") + json_object_del(end_line, "count"), 0);
    assert_int_equal(json_object_del(whole, "items"), 0);
    assert_true(json_equal(end_line, whole));
    json_decref(end_line);
    json_decref(lines);
    json_decref(whole);
}

static void lines_are_the_items(void **state)
{
    (void)state;
    static const char *const targets[] = {
        "/v1/registrants",
        "/v1/registrants?limit=1",
        "/v1/registrants?name=" MIHON "&limit=1&facets=home,status",
        "/v1/registrants?name=zzz",
        "/v1/registrants?number=10,50,77&fields=status",
    };
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        assert_same(&bench, targets[i]);
    }
    assert_int_equal(get_as(&bench, "application/x-ndjson", "/v1/registrants?limit=2"), 200);
    assert_true(bench.reply.link.n > 0);
}

// --- walks ---

// The numbers of a walk in steps of one, in any form with a body that is JSON.
static void walk(struct bench *bench, const char *target, char *found, size_t size)
{
    char next[CURSOR_LONGEST + 400];
    size_t n = 0;
    (void)snprintf(next, sizeof next, "%s", target);
    for (int steps = 0; next[0] != '\0'; steps++) {
        assert_true(steps < 50);
        assert_int_equal(get(bench, next), 200);
        const json_t *number = json_object_get(item_at(bench, 0), "number");
        n += (size_t)snprintf(found + n, size - n, "%d ", atoi(json_string_value(number)));
        const char *following = json_string_value(json_object_get(bench->json, "next"));
        (void)snprintf(next, sizeof next, "%s", following == NULL ? "" : following);
    }
}

static void walks_in_every_order(void **state)
{
    (void)state;
    static const struct {
        const char *query, *expected;
    } cases[] = {
        {"sort=number", "10 20 30 90 1000000 "},
        {"sort=-number", "1000000 90 30 20 10 "},
        {"sort=registered_on", "90 10 20 30 1000000 "},
        {"sort=-registered_on", "10 20 30 1000000 90 "},
        {"sort=expires_on", "90 10 20 30 1000000 "},
        {"sort=-expires_on", "10 20 30 1000000 90 "},
        {"sort=last_completed_on", "30 1000000 10 20 90 "},
        {"sort=-last_completed_on", "10 20 1000000 30 90 "},
        {"sort=kana", "10 20 30 90 1000000 "}, // ミホンタロウ, ミホンハナコ
        {"sort=-kana", "20 10 30 90 1000000 "},
        {"q=" MIHON, "10 20 1000000 "},
        {"q=" MIHON "&sort=-number", "1000000 20 10 "},
        {"sort=kana&facets=home&fields=name", "10 20 30 90 1000000 "},
    };
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char target[200];
        char found[400] = "";
        (void)snprintf(target, sizeof target, "/v1/registrants?limit=1&%s", cases[i].query);
        walk(&bench, target, found, sizeof found);
        if (strcmp(found, cases[i].expected) != 0) {
            fail_msg("%s: %s", cases[i].query, found);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(why_it_was_found),           cmocka_unit_test(members_left_out),
        cmocka_unit_test(all_members_are_the_whole),  cmocka_unit_test(counts),
        cmocka_unit_test(values_beyond_those_listed), cmocka_unit_test(hints),
        cmocka_unit_test(lines_are_the_items),        cmocka_unit_test(walks_in_every_order),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}

// The surnames of the sample register against their real shares.
#include "sample_fixture.h"

#include "register/sample_names.h"

static json_t *count_surnames(void)
{
    json_t *counts = json_object();
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        const char *name = text_of(row, "name");
        char family[NAME_BYTES];
        (void)snprintf(family, sizeof family, "%.*s", (int)strcspn(name, " "), name);
        json_int_t count = json_integer_value(json_object_get(counts, family)) + 1;
        json_object_set_new(counts, family, json_integer(count));
    }
    return counts;
}

static void frequent_surnames_have_their_real_share(void **state)
{
    (void)state;
    static const struct {
        const char *surname;
        unsigned tenth_permille;
    } shares[] = {{"佐藤", 148}, {"鈴木", 142}, {"田中", 106}, {"山田", 65}, {"森", 37}};
    json_t *counts = count_surnames();
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        size_t expected = (size_t)REGISTRANTS * shares[i].tenth_permille / 10000;
        size_t count = (size_t)json_integer_value(json_object_get(counts, shares[i].surname));
        assert_in_range(count, expected * 75 / 100, expected * 125 / 100);
    }
    assert_in_range(json_object_size(counts), 3500, 6500);
    json_decref(counts);
}

// "KANJI/KANA KANJI/KANA": one slash a name, nothing empty, all of it indexed.
static void rare_surnames_are_well_formed(void **state)
{
    (void)state;
    struct sample_names *drawn = malloc(sizeof *drawn);
    assert_non_null(drawn);
    sample_names_init(drawn);
    assert_in_range(sample_band_count, 1, BANDS_MAX);
    size_t slashes = 0;
    for (size_t i = 0; i < sample_band_count; i++) {
        const char *text = sample_bands[i].surnames;
        assert_true(strstr(text, "  ") == NULL && text[strlen(text) - 1] != ' ');
        for (; *text != '\0'; text++) {
            slashes += *text == '/';
        }
    }
    size_t n = drawn->band_ends[sample_band_count - 1];
    assert_int_equal(n, slashes);
    assert_true(n < RARE_SURNAMES_MAX && drawn->surnames.n < WHEEL_SLOTS_MAX);
    for (size_t i = 0; i < n; i++) {
        size_t kanji = strcspn(drawn->rare[i], "/ ");
        assert_true(kanji > 0 && drawn->rare[i][kanji] == '/');
        assert_true(strcspn(drawn->rare[i] + kanji + 1, "/ ") > 0);
    }
    free(drawn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frequent_surnames_have_their_real_share),
        cmocka_unit_test(rare_surnames_are_well_formed),
    };
    return cmocka_run_group_tests_name("register/sample_names", tests, set_up, tear_down);
}

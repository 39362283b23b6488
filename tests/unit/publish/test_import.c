// The import against a real PostgreSQL: what is counted, what is kept, what is told, and what never gets there.
#include "import_fixture.h"

#include "publish/publisher.h"

static void test_first_import(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_COMPLETIONS, DONE("1", "online-2022", "2022-07-01") DONE("2", "special", "2022-08-01"));
    assert_counts(2, 0, 0, 0, 4);
    assert_int_equal(2, t.result.rows);
    assert_asked(4, "select number from meibo.publication_head");
    assert_asked(4, "select count(*) from meibo.publication where number between 1 and 4");
    assert_asked(1, "select count(*) from meibo.publication where number = 3 and cause = 'register' and added = 3"
                    " and changed = 0 and ended = 0 and published_at between now() - interval '1 minute' and now()");
    assert_asked(3, "select count(*) from meibo.registrant where began = 3 and ended is null");
    assert_asked(2, "select count(*) from meibo.completion where began = 4 and report is null and reported_at is null");
}

static void test_same_file_again_is_no_publication(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_OPERATORS, OPERATOR("ipa") OPERATOR("other"));
    assert_counts(0, 0, 0, 2, 0);
    import(READER_COURSES, COURSE("special", "other") COURSE("online-2022", "ipa"));
    assert_counts(0, 0, 0, 2, 0);
    import(READER_REGISTER, PERSON("3", "髙橋 一", SHOWN) PERSON("1", "山田 太郎", SHOWN) PERSON("2", "鈴木 花子", ""));
    assert_counts(0, 0, 0, 3, 0);
    assert_asked(3, "select number from meibo.publication_head");
    assert_asked(3, "select count(*) from meibo.registrant");
}

static void test_history_is_kept(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_REGISTER,
           PERSON("1", "山田 次郎", SHOWN) PERSON("3", "髙橋 一", SHOWN) PERSON("4", "佐藤 桜", SHOWN));
    assert_counts(1, 1, 1, 1, 4);
    assert_asked(
        1, "select count(*) from meibo.registrant where number = 1 and name = '山田 太郎' and began = 3 and ended = 4");
    assert_asked(1, "select count(*) from meibo.registrant where number = 1 and name = '山田 次郎' and began = 4 and "
                    "ended is null");
    assert_asked(1, "select count(*) from meibo.registrant where number = 2 and began = 3 and ended = 4");
    assert_asked(1, "select count(*) from meibo.registrant where number = 3 and began = 3 and ended is null");
    // Number 2 comes back: a new version, and publication 4 still does not have it.
    import(READER_REGISTER, PERSON("1", "山田 次郎", SHOWN) PERSON("2", "鈴木 花子", "") PERSON("3", "髙橋 一", SHOWN)
                                PERSON("4", "佐藤 桜", SHOWN));
    assert_counts(1, 0, 0, 3, 5);
    assert_asked(123, "select string_agg(number::text, '' order by number)::bigint from meibo.registrant"
                      " where began <= 3 and (ended is null or ended > 3)");
    assert_asked(134, "select string_agg(number::text, '' order by number)::bigint from meibo.registrant"
                      " where began <= 4 and (ended is null or ended > 4)");
    assert_asked(1234, "select string_agg(number::text, '' order by number)::bigint from meibo.registrant"
                       " where began <= 5 and (ended is null or ended > 5)");
}

static void test_courses_and_operators_have_history(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_COURSES, COURSE("online-2022", "other") COURSE("new", "ipa"));
    assert_counts(1, 1, 1, 0, 4);
    import(READER_OPERATORS, OPERATOR("ipa") "{\"code\":\"other\",\"name\":\"新しい名\"}\n" OPERATOR("third"));
    assert_counts(1, 1, 0, 1, 5);
    assert_asked(1, "select count(*) from meibo.course where code = 'online-2022' and operator = 'ipa' and ended = 4");
    assert_asked(1,
                 "select count(*) from meibo.course where code = 'online-2022' and operator = 'other' and began = 4");
    assert_asked(1, "select count(*) from meibo.course where code = 'special' and ended = 4");
    assert_asked(1, "select count(*) from meibo.operator where code = 'other' and domain is null and began = 5");
}

static void test_every_column_arrives(void **state)
{
    NEEDS_DATABASE();
    import(READER_OPERATORS,
           "{\"code\":\"ipa\",\"name\":\"機関\",\"name_en\":\"Agency\",\"domain\":\"ipa.example\"}\n");
    assert_asked(1, "select count(*) from meibo.operator where (code, name, name_en, domain, began) ="
                    " ('ipa', '機関', 'Agency', 'ipa.example', 1) and ended is null");
    import(READER_COURSES, "{\"code\":\"c\",\"kind\":\"cyberrex\",\"name\":\"講習\",\"name_en\":\"Course\","
                           "\"operator\":\"ipa\",\"valid_from\":\"2022-04-01\",\"valid_to\":\"2023-03-31\","
                           "\"hours\":6.5,\"fee_yen\":20000}\n");
    assert_asked(1,
                 "select count(*) from meibo.course where (code, kind, name, name_en, operator, valid_from, valid_to,"
                 " tenth_hours, fee_yen, began) = ('c', 'cyberrex', '講習', 'Course', 'ipa', '2022-04-01',"
                 " '2023-03-31', 65, 20000, 2)");
    import(
        READER_REGISTER,
        "{\"number\":\"000123\",\"registered_on\":\"2018-04-01\",\"renewed_on\":\"2021-04-01\",\"renewal_count\":1,"
        "\"expires_on\":\"2024-03-31\",\"exam_passed\":\"2017-10\",\"status\":\"name_use_suspended\","
        "\"status_on\":\"2021-05-01\",\"suspended_until\":\"2022-01-31\",\"public\":[\"name\",\"kana\",\"other_name\","
        "\"birth_month\",\"exam_certificate\",\"home\",\"employer\",\"employer_place\"],\"name\":\"髙橋 太郎\","
        "\"kana\":\"タカハシ タロウ\",\"other_name\":\"Taro \\\\ T\",\"birth_month\":\"1980-05\","
        "\"exam_certificate\":\"SC-2017-10-01234\",\"home\":\"13\",\"employer\":\"株式会社サンプル\","
        "\"employer_place\":\"99\",\"profile\":{\"email\":\"a@example.com\",\"phone\":\"03-0000-0000\","
        "\"url\":\"https://example.com/\",\"specialties\":[\"監査\",\"a,\\\"b\\\"\"],\"skills\":[\"\\\\N\"],"
        "\"qualifications\":[\"NULL\"],\"statement\":\"一行目\\n二行目\"}}\n");
    assert_asked(1, "select count(*) from meibo.registrant where (status, status_on, suspended_until, registered_on,"
                    " renewed_on, renewal_count, expires_on, exam_passed, birth_month, home, employer_place) ="
                    " ('name_use_suspended', '2021-05-01', '2022-01-31', '2018-04-01', '2021-04-01', 1, '2024-03-31',"
                    " 2017 * 12 + 9, 1980 * 12 + 4, 13, 99) and number = 123");
    assert_asked(1,
                 "select count(*) from meibo.registrant where (name, kana, other_name, exam_certificate, employer,"
                 " email, phone, url, statement) = ('髙橋 太郎', 'タカハシ タロウ', E'Taro \\\\ T', 'SC-2017-10-01234',"
                 " '株式会社サンプル', 'a@example.com', '03-0000-0000', 'https://example.com/', E'一行目\\n二行目')");
    assert_asked(1, "select count(*) from meibo.registrant where specialties = array['監査', 'a,\"b\"']"
                    " and skills = array[E'\\\\N'] and qualifications = array['NULL']");
    assert_counts(1, 0, 0, 0, 3);
}

static void test_absent_is_null(void **state)
{
    NEEDS_DATABASE();
    import_base();
    assert_asked(2,
                 "select count(*) from meibo.course where name_en is null and tenth_hours is null and fee_yen is null");
    assert_asked(3,
                 "select count(*) from meibo.registrant where num_nulls(suspended_until, exam_passed, kana, other_name,"
                 " birth_month, exam_certificate, home, employer, employer_place, email, phone, url, statement) = 13"
                 " and cardinality(specialties) = 0");
}

static void publish(size_t expected)
{
    struct fault fault = {""};
    size_t reports = 0;
    int64_t publication = 0;
    assert_int_equal(ERR_OK, publish_pending(t.publisher, &reports, &publication, &fault));
    assert_int_equal(expected, reports);
}

static void test_reported_completions_stay(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_COMPLETIONS, DONE("1", "online-2022", "2022-07-01") DONE("2", "special", "2022-08-01"));
    script(REPORTED("3", "special", "2022-09-01") REPORTED("3", "online-2022", "2022-10-01"));
    publish(2);
    import(READER_COMPLETIONS,
           DONE("2", "special", "2022-08-01") DONE("3", "special", "2022-09-01") DONE("1", "special", "2022-06-01"));
    assert_counts(1, 0, 1, 2, 6);
    assert_asked(1, "select count(*) from meibo.completion where number = 1 and course = 'online-2022' and ended = 6");
    assert_asked(2, "select count(*) from meibo.completion where number = 3 and ended is null and report is not null");
    assert_asked(4, "select count(*) from meibo.completion where ended is null");
}

// Reported before the file was imported, after it, and not yet published: the row is the file's, and stays.
static void test_completions_of_both_stay(void **state)
{
    NEEDS_DATABASE();
    import_base();
    script(REPORTED("1", "special", "2022-07-01"));
    import(READER_COMPLETIONS, DONE("1", "special", "2022-07-01") DONE("2", "special", "2022-07-01")
                                   DONE("3", "special", "2022-07-01") DONE("3", "special", "2022-07-02"));
    script(REPORTED("2", "special", "2022-07-01"));
    publish(2);
    script(REPORTED("3", "special", "2022-07-01"));
    assert_asked(4, "select count(*) from meibo.completion where ended is null and report is null");
    import(READER_COMPLETIONS, DONE("1", "special", "2022-07-02"));
    assert_counts(1, 0, 1, 0, 6);
    assert_asked(3, "select count(*) from meibo.completion where ended is null and completed_on = '2022-07-01'");
    assert_asked(
        1, "select count(*) from meibo.completion where number = 3 and completed_on = '2022-07-02' and ended = 6");
}

// Looks through every column of every table, as text.
static int64_t count_tables_holding(const char *needle)
{
    char sql[512];
    (void)snprintf(
        sql, sizeof sql,
        "select count(*) from pg_catalog.pg_tables where schemaname = 'meibo'"
        " and query_to_xml(format('select * from meibo.%%I', tablename), true, true, '')::text like '%%%s%%'",
        needle);
    return ask(sql);
}

static void test_withheld_values_are_nowhere(void **state)
{
    NEEDS_DATABASE();
    import(READER_REGISTER,
           PERSON("1", "秘密野 名前",
                  ",\"kana\":\"ヒミツノ\",\"other_name\":\"Secretname\",\"birth_month\":\"1961-12\","
                  "\"exam_certificate\":\"SC-2017-10-09999\",\"home\":\"47\",\"employer\":\"秘密会社\","
                  "\"employer_place\":\"46\",\"public\":[]") PERSON("2", "秘密野 公開", SHOWN));
    assert_int_equal(1, count_tables_holding("秘密野 公開")); // so that looking does find
    static const char *const secrets[] = {"秘密野 名前", "名前", "ヒミツ", "Secret", "SC-2017-10-09999", "秘密会社"};
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        assert_int_equal(0, count_tables_holding(secrets[i]));
    }
    assert_asked(1, "select count(*) from meibo.registrant where num_nulls(name, kana, other_name, birth_month,"
                    " exam_certificate, home, employer, employer_place) = 8");
    assert_asked(2, "select count(*) from meibo.name_check");
}

static void test_name_digest_is_kept(void **state)
{
    NEEDS_DATABASE();
    import_base();
    struct digest digest;
    char hex[2 * DIGEST_BYTES];
    char sql[256];
    assert_int_equal(ERR_OK, name_digest(str_of(SECRET), STR("鈴木花子"), &digest)); // blanks do not matter
    digest_hex(&digest, hex);
    (void)snprintf(sql, sizeof sql, "select number from meibo.name_check where digest = '\\x%.*s'", (int)sizeof hex,
                   hex);
    assert_asked(2, sql);
    assert_asked(3, "select count(*) from meibo.name_check");
}

static void test_digests_change_without_a_publication(void **state)
{
    NEEDS_DATABASE();
    import_base();
    int64_t before = ask("select hashtext(digest::text) from meibo.name_check where number = 2");
    import(READER_REGISTER, PERSON("1", "山田 太郎", SHOWN) PERSON("2", "田中 花子", "") PERSON("3", "髙橋 一", SHOWN));
    assert_counts(0, 0, 0, 3, 0);
    assert_true(before != ask("select hashtext(digest::text) from meibo.name_check where number = 2"));
    import(READER_REGISTER, PERSON("1", "山田 太郎", SHOWN) PERSON("3", "髙橋 一", SHOWN));
    assert_asked(0, "select count(*) from meibo.name_check where number = 2");
    assert_asked(2, "select count(*) from meibo.name_check");
}

static void test_listeners_are_told(void **state)
{
    NEEDS_DATABASE();
    CONN_AUTO struct conn *listener = database_open(t.database, STORE_READER);
    struct fault fault = {""};
    bool told;
    assert_int_equal(ERR_OK, conn_listen(listener, PUBLICATION_CHANNEL, &fault));
    import(READER_OPERATORS, OPERATOR("ipa"));
    assert_int_equal(ERR_OK, conn_wait(listener, 10000, -1, &told, &fault));
    assert_true(told);
    import(READER_OPERATORS, OPERATOR("ipa"));
    assert_int_equal(ERR_OK, conn_wait(listener, 0, -1, &told, &fault));
    assert_false(told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_first_import),
        TEST(test_same_file_again_is_no_publication),
        TEST(test_history_is_kept),
        TEST(test_courses_and_operators_have_history),
        TEST(test_every_column_arrives),
        TEST(test_absent_is_null),
        TEST(test_reported_completions_stay),
        TEST(test_completions_of_both_stay),
        TEST(test_withheld_values_are_nowhere),
        TEST(test_name_digest_is_kept),
        TEST(test_digests_change_without_a_publication),
        TEST(test_listeners_are_told),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}

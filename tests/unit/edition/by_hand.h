// A small register made by hand, whose every answer can be told by looking at it; and short ways to ask and expect.
//
// The day is 2026-06-15. Everyone was registered on 2024-04-01 and expires on 2027-03-31 unless said:
//        10  registered; 見本 太郎, ミホン タロウ, Mihon TARO, 株式会社サンプル; home 13, employer_place 14
//        20  suspended until 2026-06-15, the day itself; 見本 花子, みほん はなこ, ｻﾝﾌﾟﾙ商会; home 14
//        30  suspended until 2026-06-14: registered again since the 15th; 本見 次郎; home 99, employer_place 99
//        40  lapsed: expired on 2026-06-14; the public fields of 10
//        50  revoked on 2025-10-01, 60 struck off on 2025-10-01; the public fields of 10
//        70  taken out of the file on 2026-05-01: struck off since; the public fields of 10
//        80  expired on 2026-03-31, taken out on 2026-06-01: lapsed; the public fields of 10
//        90  suspended without an end, nothing public; expires on 2026-06-15, the day itself; registered 2023-10-01
//   1000000  registered; 10 株式会社; other name 見本
// Completions, newest first: 10 special 2025-12-31, online-2025 2025-07-01 (reported), online-2024 2024-07-31;
// 20 online-2025 2025-12-31, special 2025-12-31; 30 old-2019 2019-08-01; 40 online-2024 2024-07-01;
// 1000000 online-2024 2025-02-28.
#ifndef MEIBO_TESTS_BY_HAND_H
#define MEIBO_TESTS_BY_HAND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "edition/builder.h"
#include "edition/query.h"

#define EDITION_AUTO __attribute__((cleanup(edition_free)))
#define BUILDER_AUTO __attribute__((cleanup(builder_free)))

#ifndef MEIBO_EDITION_PRIVATE_H // which has it too; whoever includes both has that one first
enum { IN_FORCE = 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED };
#endif
enum { ANY_STATUS = (1U << STATUS_COUNT) - 1 };

static inline day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static inline struct day_range days(const char *from, const char *to)
{
    return (struct day_range){from == NULL ? DAY_NONE : day(from), to == NULL ? DAY_NONE : day(to)};
}

// --- building ---

static inline struct builder *builder_of(const char *today)
{
    struct fault fault = {""};
    struct builder *builder = NULL;
    struct edition_head head = {7, 1000000, day(today)};
    assert_int_equal(builder_new(head, &builder, &fault), ERR_OK);
    return builder;
}

static inline struct edition *finish(struct builder **builder)
{
    struct fault fault = {""};
    struct edition *edition = NULL;
    assert_int_equal(builder_finish(builder, &edition, &fault), ERR_OK);
    assert_null(*builder);
    return edition;
}

static inline struct registrant plain_person(number_t number)
{
    return (struct registrant){
        .number = number,
        .status = STATUS_REGISTERED,
        .registered_on = day("2024-04-01"),
        .renewed_on = DAY_NONE,
        .expires_on = day("2027-03-31"),
        .exam_passed = MONTH_NONE,
        .status_on = day("2024-04-01"),
        .suspended_until = DAY_NONE,
        .birth_month = MONTH_NONE,
    };
}

static inline struct registrant named_person(number_t number)
{
    struct registrant r = plain_person(number);
    r.name = STR("見本 太郎");
    r.kana = STR("ミホン タロウ");
    r.other_name = STR("Mihon TARO");
    r.employer = STR("株式会社サンプル");
    r.home = 13;
    r.employer_place = 14;
    return r;
}

static inline void add_person(struct builder *builder, const struct registrant *registrant, const char *taken_out_on)
{
    struct fault fault = {""};
    day_t taken_out = taken_out_on == NULL ? DAY_NONE : day(taken_out_on);
    assert_int_equal(builder_add_registrant(builder, registrant, taken_out, &fault), ERR_OK);
}

static inline void add_course(struct builder *builder, const char *code, enum course_kind kind, const char *operator,
                              bool current)
{
    struct fault fault = {""};
    const struct course course = {
        .code = str_of(code),
        .kind = kind,
        .name = STR("講習"),
        .operator_code = str_of(operator),
        .valid_from = day("2019-04-01"),
        .valid_to = day("2027-03-31"),
        .fee_yen = -1,
    };
    assert_int_equal(builder_add_course(builder, &course, current, &fault), ERR_OK);
}

static inline enum err try_done(struct builder *builder, number_t number, const char *course, const char *completed_on)
{
    struct fault fault = {""};
    const struct builder_completion completion = {number, str_of(course), day(completed_on), INSTANT_NONE, 2000000};
    enum err err = builder_add_completion(builder, &completion, &fault);
    assert_int_equal(err != ERR_OK, fault.text[0] != '\0');
    return err;
}

static inline void add_done(struct builder *builder, number_t number, const char *course, const char *completed_on)
{
    assert_int_equal(try_done(builder, number, course, completed_on), ERR_OK);
}

static inline void add_operator(struct builder *builder, const char *code)
{
    struct fault fault = {""};
    const struct operator_entry entry = {.code = str_of(code), .name = STR("機関")};
    assert_int_equal(builder_add_operator(builder, &entry, &fault), ERR_OK);
}

static inline void add_ended(struct builder *builder)
{
    struct registrant lapsed = named_person(40);
    lapsed.expires_on = day("2026-06-14");
    add_person(builder, &lapsed, NULL);
    struct registrant revoked = named_person(50);
    revoked.status = STATUS_REVOKED;
    revoked.status_on = day("2025-10-01");
    add_person(builder, &revoked, NULL);
    struct registrant struck_off = named_person(60);
    struck_off.status = STATUS_STRUCK_OFF;
    struck_off.status_on = day("2025-10-01");
    add_person(builder, &struck_off, NULL);
    struct registrant taken_out = named_person(70);
    add_person(builder, &taken_out, "2026-05-01");
    struct registrant lapsed_before = named_person(80);
    lapsed_before.expires_on = day("2026-03-31");
    add_person(builder, &lapsed_before, "2026-06-01");
}

static inline void add_suspended(struct builder *builder)
{
    struct registrant still = plain_person(20);
    still.status = STATUS_NAME_USE_SUSPENDED;
    still.status_on = day("2026-01-01");
    still.suspended_until = day("2026-06-15");
    still.name = STR("見本 花子");
    still.kana = STR("みほん はなこ");
    still.employer = STR("ｻﾝﾌﾟﾙ商会");
    still.home = 14;
    add_person(builder, &still, NULL);
    struct registrant over = plain_person(30);
    over.status = STATUS_NAME_USE_SUSPENDED;
    over.status_on = day("2026-01-01");
    over.suspended_until = day("2026-06-14");
    over.name = STR("本見 次郎");
    over.home = PLACE_OVERSEAS;
    over.employer_place = PLACE_OVERSEAS;
    add_person(builder, &over, NULL);
}

static inline void add_people(struct builder *builder)
{
    struct registrant first = named_person(10);
    add_person(builder, &first, NULL);
    add_suspended(builder);
    add_ended(builder);
    struct registrant bare = plain_person(90);
    bare.status = STATUS_NAME_USE_SUSPENDED;
    bare.registered_on = day("2023-10-01");
    bare.expires_on = day("2026-06-15");
    add_person(builder, &bare, NULL);
    struct registrant last = plain_person(1000000);
    last.name = STR("10 株式会社");
    last.other_name = STR("見本");
    add_person(builder, &last, NULL);
}

static inline void add_dones(struct builder *builder)
{
    struct fault fault = {""};
    const struct builder_completion reported = {10, STR("online-2025"), day("2025-07-01"), 1500000, 2000000};
    add_done(builder, 10, "special", "2025-12-31");
    assert_int_equal(builder_add_completion(builder, &reported, &fault), ERR_OK);
    add_done(builder, 10, "online-2024", "2024-07-31");
    add_done(builder, 20, "online-2025", "2025-12-31");
    add_done(builder, 20, "special", "2025-12-31");
    add_done(builder, 30, "old-2019", "2019-08-01");
    add_done(builder, 40, "online-2024", "2024-07-01");
    add_done(builder, 1000000, "online-2024", "2025-02-28");
}

static inline struct edition *edition_by_hand(void)
{
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    add_operator(builder, "other"); // out of their order, as the database may give them
    add_operator(builder, "ipa");
    add_course(builder, "special", KIND_DESIGNATED, "other", true);
    add_course(builder, "online-2025", KIND_ONLINE, "ipa", true);
    add_course(builder, "online-2024", KIND_ONLINE, "ipa", true);
    add_course(builder, "old-2019", KIND_ONLINE, "ipa", false);
    add_people(builder);
    add_dones(builder);
    return finish(&builder);
}

// --- asking ---

static inline struct query everyone(void)
{
    return (struct query){
        .statuses = ANY_STATUS,
        .done.completed = {DAY_NONE, DAY_NONE},
        .registered = {DAY_NONE, DAY_NONE},
        .expires = {DAY_NONE, DAY_NONE},
        .exam = {INT32_MIN, INT32_MIN},
        .renewals = {INT32_MIN, INT32_MIN},
        .widest = EXTENT_HOLDS,
        .sort = SORT_NUMBER,
        .limit = 100,
    };
}

static inline struct done_query every_done(void)
{
    return (struct done_query){.done.completed = {DAY_NONE, DAY_NONE}, .limit = 100};
}

static inline void add_word(struct query *query, const char *text)
{
    query->words[query->word_count++] = str_of(text);
}

static inline void name_course(const struct edition *edition, struct done_condition *condition, const char *code)
{
    int course = edition_find_course(edition, str_of(code));
    assert_true(course >= 0);
    condition->by_course = true;
    condition->courses[condition->course_count++] = (uint16_t)course;
}

static inline struct page ask(const struct edition *edition, const struct query *query)
{
    struct page page;
    assert_int_equal(query_people(edition, query, &page, NULL), ERR_OK);
    return page;
}

// All of the page, as numbers separated by blanks: "10 20".
static inline void write_people(const struct edition *edition, const struct page *page, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < page->count; i++) {
        n += (size_t)snprintf(out + n, size - n, "%s%u", i == 0 ? "" : " ", edition_number(edition, page->ids[i]));
    }
}

// All hits; the page holds them all.
static inline void expect_people(const struct edition *edition, const struct query *query, const char *expected)
{
    char found[1024];
    struct page page = ask(edition, query);
    write_people(edition, &page, found, sizeof found);
    assert_string_equal(found, expected);
    assert_int_equal(page.total, page.count);
    assert_false(page.more);
}

// All hits in order of relevance, each with its match: "10 name exact, 20 kana reading".
static inline void expect_matches(const struct edition *edition, const struct query *query, const char *expected)
{
    char found[2048] = "";
    size_t n = 0;
    struct query ranked = *query;
    ranked.sort = SORT_RELEVANCE;
    struct page page = ask(edition, &ranked);
    assert_true(page.matched);
    for (uint32_t i = 0; i < page.count; i++) {
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%u %s %s", i == 0 ? "" : ", ",
                              edition_number(edition, page.ids[i]), match_field_name(page.matches[i].field),
                              tier_name(page.matches[i].tier));
        assert_true(i == 0 || page.ranks[i - 1] <= page.ranks[i]);
    }
    assert_string_equal(found, expected);
    assert_int_equal(page.total, page.count);
}

static inline void write_dones(const struct edition *edition, const struct page *page, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < page->count; i++) {
        number_t number;
        day_t completed_on;
        struct str course;
        char text[DAY_TEXT];
        done_identify(edition, page->ids[i], &number, &completed_on, &course);
        day_write(completed_on, text);
        n += (size_t)snprintf(out + n, size - n, "%s%u %.*s %.*s", i == 0 ? "" : ", ", number, DAY_TEXT, text,
                              (int)course.n, course.p);
    }
}

static inline void expect_dones(const struct edition *edition, const struct done_query *query, const char *expected)
{
    char found[1024];
    struct page page;
    assert_int_equal(query_dones(edition, query, &page), ERR_OK);
    write_dones(edition, &page, found, sizeof found);
    assert_string_equal(found, expected);
    assert_int_equal(page.total, page.count);
    assert_false(page.more);
}

#endif

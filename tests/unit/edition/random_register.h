// Small random registers out of alphabets that collide a lot: variants, confusables, spellings of one reading, legal
// forms. The same seed draws the same register.
#ifndef MEIBO_TESTS_RANDOM_REGISTER_H
#define MEIBO_TESTS_RANDOM_REGISTER_H

#include "edition/builder.h"
#include "tests/unit/edition/obvious_query.h"

// --- dice ---

struct dice {
    uint64_t state;
};

// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
static inline uint64_t draw(struct dice *dice, uint64_t below)
{
    uint64_t z = (dice->state += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return (z ^ z >> 31) % below;
}

static inline bool one_in(struct dice *dice, uint64_t n)
{
    return draw(dice, n) == 0;
}

#define PICK(dice, list) ((list)[draw((dice), sizeof(list) / sizeof((list)[0]))])

// --- texts ---

// With U+FA11 and U+20BB7, sequences with variation selectors, and compatibility ideographs: U+FA19, U+FA1B, U+F9DC.
static const char *const kanji_units[] = {
    "髙", "高",           "橋",           "崎", "\uFA11", "埼",     "斎",           "斉", "齋", "齊", "辺",
    "邊", "邉",           "ヶ",           "ケ", "が",     "関",     "関",           "原", "田", "吉", "𠮷",
    "部", "邉\U000E0100", "辺\U000E0101", "神", "\uFA19", "福",     "島",           "嶋", "嶌", "渡", "太",
    "郎", "大",           "々",           "一", "\uFA1B", "\uF9DC", "葛\U000E0100", "隆", "箇", "之", "ノ",
};
static const char *const kana_units[] = {
    "サ",   "ク", "ラ", "オオ", "オウ", "オー", "ノ",   "ヂ",   "ヅ",   "ジ", "ズ", "ヴ", "ヴァ",
    "バ",   "ブ", "ビ", "ヴャ", "キャ", "キヤ", "ッカ", "カ",   "ガ",   "ン", "ニ", "イ", "エ",
    "ケイ", "ヽ", "ヾ", "・",   "ハ",   "パ",   "シ",   "スズ", "ｻ",    "ｸ",  "ﾊﾞ", "ｳﾞ", "さ",
    "く",   "ら", "が", "ヵ",   "ヶ",   "チ",   "ツ",   "テ",   "コウ", "ｶﾞ", "ゔ", "ォ",
};
static const char *const latin_names[] = {
    "Ono",      "OHNO",     "Oono",      "Ōno",   "Ôno",  "Sakura", "SAKURA",
    "Ｓａｋｕ", "Jun-ichi", "Shin'ichi", "Kanno", "Kono", "Baba",   "Vu",
};
static const char *const cores[] = {
    "サンプル", "ｻﾝﾌﾟﾙ", "さんぷる", "髙橋",   "高橋",   "Sample", "Zinc",   "Sample Web", "ヴ", "バ商会", "齋藤",
    "斎藤",     "斉藤",  "関ヶ原",   "関ケ原", "関が原", "サ",     "インク", "ネット 高",  "崎", "﨑",     "Co",
};
static const char *const forms_before[] = {"株式会社", "(株)", "㈱",       "（株）",      "有限会社",
                                           "合同会社", "(有)", "株式會社", "一般社団法人"};
static const char *const forms_behind[] = {
    "株式会社", "(株)",     "㈱",       " Inc.", ", Inc.",    " Co., Ltd.", " K.K.",
    " Ltd",     "有限会社", "合同会社", " LLC",  " 株式会社", " inc",       "株式会社 ",
};
static const char *const terms[] = {
    "Web",  "WEB",  "ｗｅｂ", "ネットワーク", "ﾈｯﾄﾜｰｸ", "ねっとわーく", "監査", "フォレンジック",
    "髙度", "高度", "C++",    "サクラ",       "斎",     "斉",           "ヴ",
};
// Stand in nothing that a search may look at.
#define HIDDEN "龗龗"
#define HIDDEN_KANA "ムモムモ"

// What is being drawn: texts go to the room, which does not move.
struct drawing {
    struct dice dice;
    struct buf *room;
};

static inline void add_units(struct drawing *d, const char *const *units, size_t n, size_t most)
{
    for (uint64_t i = 1 + draw(&d->dice, most); i > 0; i--) {
        buf_add_text(d->room, units[draw(&d->dice, n)]);
    }
}

static inline void add_kanji(struct drawing *d)
{
    add_units(d, kanji_units, sizeof kanji_units / sizeof kanji_units[0], 3);
}

static inline void add_kana(struct drawing *d)
{
    add_units(d, kana_units, sizeof kana_units / sizeof kana_units[0], 3);
}

static inline void add_latin(struct drawing *d)
{
    buf_add_text(d->room, PICK(&d->dice, latin_names));
}

static inline void add_blank(struct drawing *d)
{
    static const char *const blanks[] = {" ", "　", "  ", " "};
    buf_add_text(d->room, PICK(&d->dice, blanks));
}

// One, two or three parts.
static inline struct str draw_parts(struct drawing *d, void (*family)(struct drawing *),
                                    void (*given)(struct drawing *))
{
    size_t before = d->room->n;
    family(d);
    if (!one_in(&d->dice, 5)) {
        add_blank(d);
        given(d);
    }
    if (one_in(&d->dice, 10)) {
        add_blank(d);
        given(d);
    }
    return room_since(d->room, before);
}

static inline struct str draw_name(struct drawing *d)
{
    switch (draw(&d->dice, 6)) {
    case 0:
        return draw_parts(d, add_kanji, add_kana);
    case 1:
        return draw_parts(d, add_kana, add_kana);
    default:
        return draw_parts(d, add_kanji, add_kanji);
    }
}

static inline struct str draw_kana(struct drawing *d)
{
    return one_in(&d->dice, 30) ? draw_parts(d, add_latin, add_latin) : draw_parts(d, add_kana, add_kana);
}

static inline struct str draw_other_name(struct drawing *d)
{
    return one_in(&d->dice, 2) ? draw_parts(d, add_latin, add_latin) : draw_name(d);
}

static inline struct str draw_employer(struct drawing *d)
{
    size_t before = d->room->n;
    uint64_t shape = draw(&d->dice, 5);
    if (shape == 0) {
        buf_add_text(d->room, PICK(&d->dice, forms_before));
    }
    if (shape == 0 && one_in(&d->dice, 4)) {
        add_blank(d);
    }
    buf_add_text(d->room, PICK(&d->dice, cores));
    if (one_in(&d->dice, 4)) {
        buf_add_text(d->room, PICK(&d->dice, cores));
    }
    if (shape == 1 || shape == 2) {
        buf_add_text(d->room, PICK(&d->dice, forms_behind));
    }
    return str_trim(room_since(d->room, before));
}

static inline struct text_list draw_terms(struct drawing *d, struct str items[ENTRIES_MOST])
{
    size_t n = one_in(&d->dice, 2) ? 0 : draw(&d->dice, ENTRIES_MOST);
    for (size_t i = 0; i < n; i++) {
        items[i] = str_of(PICK(&d->dice, terms));
    }
    return (struct text_list){items, n};
}

// --- people ---

#define ABSENT ((struct str){NULL, 0})

// Views into these stay good as long as the register.
struct item_lists {
    struct str items[PEOPLE_MOST][3][ENTRIES_MOST];
};

static inline int draw_place(struct drawing *d)
{
    static const int places[] = {PLACE_NONE, 1, 13, 13, 26, 27, 34, 47, PLACE_OVERSEAS};
    return PICK(&d->dice, places);
}

static inline void draw_texts(struct drawing *d, struct registrant *r, struct str items[3][ENTRIES_MOST])
{
    r->name = one_in(&d->dice, 6) ? ABSENT : draw_name(d);
    r->kana = one_in(&d->dice, 4) ? ABSENT : draw_kana(d);
    r->other_name = one_in(&d->dice, 2) ? ABSENT : draw_other_name(d);
    r->employer = one_in(&d->dice, 4) ? ABSENT : draw_employer(d);
    r->home = draw_place(d);
    r->employer_place = draw_place(d);
    r->email = one_in(&d->dice, 2) ? ABSENT : STR("someone@example.test");
    r->statement = one_in(&d->dice, 2) ? ABSENT : STR(HIDDEN);
    r->specialties = draw_terms(d, items[0]);
    r->skills = draw_terms(d, items[1]);
    r->qualifications = draw_terms(d, items[2]);
}

static inline void draw_state(struct drawing *d, day_t day, struct known *person)
{
    static const enum status stored[] = {STATUS_REGISTERED,         STATUS_REGISTERED, STATUS_REGISTERED,
                                         STATUS_REGISTERED,         STATUS_REGISTERED, STATUS_REGISTERED,
                                         STATUS_NAME_USE_SUSPENDED, STATUS_REVOKED,    STATUS_STRUCK_OFF};
    struct registrant *r = &person->r;
    r->status = PICK(&d->dice, stored);
    r->registered_on = day - 2000 + (day_t)draw(&d->dice, 4) * 365;
    r->expires_on = one_in(&d->dice, 4) ? day - 2 + (day_t)draw(&d->dice, 5) : day + (day_t)draw(&d->dice, 4) * 100;
    r->status_on = day - 100;
    r->suspended_until = DAY_NONE;
    if (r->status == STATUS_NAME_USE_SUSPENDED && !one_in(&d->dice, 3)) {
        r->suspended_until = day - 2 + (day_t)draw(&d->dice, 5);
    }
    person->taken_out_on = one_in(&d->dice, 12) ? day - (day_t)draw(&d->dice, 5) : DAY_NONE;
    r->renewed_on = DAY_NONE;
    r->renewal_count = (uint32_t)draw(&d->dice, 4);
    r->exam_passed = one_in(&d->dice, 5) ? MONTH_NONE : day_month(day) - 60 + (month_t)draw(&d->dice, 40);
    r->birth_month = MONTH_NONE;
}

// Someone whose registration ended is shown by number, state and days only: the rest may be anything.
static inline void hide_ended(struct drawing *d, day_t day, struct known *person, struct str items[3][ENTRIES_MOST])
{
    enum status status = state_on(&person->r, day);
    if ((person->taken_out_on == DAY_NONE && is_in_force(status)) || one_in(&d->dice, 2)) {
        return;
    }
    struct registrant *r = &person->r;
    r->name = STR(HIDDEN " " HIDDEN);
    r->kana = STR(HIDDEN_KANA);
    r->other_name = STR(HIDDEN);
    r->employer = STR("株式会社" HIDDEN);
    for (size_t list = 0; list < 3; list++) {
        items[list][0] = STR(HIDDEN);
    }
    r->specialties = (struct text_list){items[0], 1};
    r->skills = (struct text_list){items[1], 1};
    r->qualifications = (struct text_list){items[2], 1};
}

// Newest first, then course; none twice.
static inline void insert_done(struct known *person, struct completion done)
{
    size_t at = 0;
    while (at < person->done_count) {
        const struct completion *other = &person->dones[at];
        int order = compare_texts(other->course, done.course);
        if (other->completed_on == done.completed_on && order == 0) {
            return;
        }
        if (other->completed_on < done.completed_on || (other->completed_on == done.completed_on && order > 0)) {
            break;
        }
        at++;
    }
    memmove(person->dones + at + 1, person->dones + at, (person->done_count - at) * sizeof done);
    person->dones[at] = done;
    person->done_count++;
}

static inline void draw_dones(struct drawing *d, const struct known_register *known, struct known *person)
{
    for (uint64_t i = one_in(&d->dice, 3) ? 0 : draw(&d->dice, DONES_MOST); i > 0; i--) {
        const struct course *course = &known->courses[draw(&d->dice, known->course_count)];
        day_t completed_on = known->day - 400 + (day_t)draw(&d->dice, 5) * 80 + (day_t)draw(&d->dice, 3);
        insert_done(person, (struct completion){person->r.number, course->code, completed_on});
    }
}

static inline void draw_person(struct drawing *d, const struct known_register *known, number_t number,
                               struct known *person, struct str items[3][ENTRIES_MOST])
{
    *person = (struct known){.r.number = number};
    draw_state(d, known->day, person);
    draw_texts(d, &person->r, items);
    hide_ended(d, known->day, person, items);
    draw_dones(d, known, person);
    settle_person(person, known->day, d->room);
}

// --- the register, and its edition ---

static const struct course random_courses[] = {
    {.code = {"a-online", 8}, .kind = KIND_ONLINE, .operator_code = {"ipa", 3}},
    {.code = {"b-online", 8}, .kind = KIND_ONLINE, .operator_code = {"other", 5}},
    {.code = {"c-practical", 11}, .kind = KIND_PRACTICAL_A, .operator_code = {"ipa", 3}},
    {.code = {"d-special", 9}, .kind = KIND_DESIGNATED, .operator_code = {"other", 5}},
    {.code = {"e-special", 9}, .kind = KIND_DESIGNATED, .operator_code = {"third", 5}},
};

static inline void draw_courses(struct known_register *known)
{
    known->course_count = sizeof random_courses / sizeof random_courses[0];
    for (size_t i = 0; i < known->course_count; i++) {
        struct course *course = &known->courses[i];
        *course = random_courses[i];
        course->name = STR("講習");
        course->valid_from = known->day - 2000;
        course->valid_to = known->day + 2000;
        course->fee_yen = -1;
    }
}

static inline void draw_register(struct drawing *d, struct known_register *known, struct item_lists *lists)
{
    static const struct ymd today = {2026, 6, 15};
    known->day = day_from_ymd(today);
    settle_places(known, d->room);
    draw_courses(known);
    known->n = 30 + (one_in(&d->dice, 8) ? draw(&d->dice, PEOPLE_MOST - 29) : draw(&d->dice, 30));
    number_t number = one_in(&d->dice, 8) ? 999900 : 0;
    for (size_t i = 0; i < known->n; i++) {
        number += 1 + (number_t)draw(&d->dice, 3);
        draw_person(d, known, number, &known->people[i], lists->items[i]);
    }
}

static inline void build_person(struct builder *builder, const struct known *person)
{
    struct fault fault;
    if (builder_add_registrant(builder, &person->r, person->taken_out_on, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
}

static inline void build_dones(struct builder *builder, const struct known *person)
{
    struct fault fault;
    for (size_t i = 0; i < person->done_count; i++) {
        const struct completion *done = &person->dones[i];
        const struct builder_completion added = {done->number, done->course, done->completed_on, INSTANT_NONE, 2000000};
        assert_int_equal(builder_add_completion(builder, &added, &fault), ERR_OK);
    }
}

// Learns the edition's indices of the courses.
static inline struct edition *build_register(struct known_register *known)
{
    struct fault fault;
    struct builder *builder = NULL;
    struct edition *edition = NULL;
    assert_int_equal(builder_new((struct edition_head){7, 1000000, known->day}, &builder, &fault), ERR_OK);
    for (size_t i = known->course_count; i > 0; i--) {
        assert_int_equal(builder_add_course(builder, &known->courses[i - 1], i != 1, &fault), ERR_OK);
    }
    for (size_t i = 0; i < known->n; i++) {
        build_person(builder, &known->people[i]);
    }
    for (size_t i = 0; i < known->n; i++) {
        build_dones(builder, &known->people[i]);
    }
    assert_int_equal(builder_finish(&builder, &edition, &fault), ERR_OK);
    for (size_t i = 0; i < known->course_count; i++) {
        known->course_index[i] = (uint16_t)edition_find_course(edition, known->courses[i].code);
    }
    return edition;
}

#endif

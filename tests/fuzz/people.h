// Forty people of all kinds, as an edition and as the obvious implementation knows them: what the fuzzer of the search
// asks about. Nobody exists.
#ifndef MEIBO_TESTS_FUZZ_PEOPLE_H
#define MEIBO_TESTS_FUZZ_PEOPLE_H

#include "tests/fuzz/fuzz.h"

#include "edition/builder.h"
#include "tests/unit/edition/obvious_query.h"

#define FUZZ_TODAY "2026-06-15"

struct person_row {
    number_t number;
    const char *name, *kana, *other_name, *employer;
    int home, employer_place;
    const char *specialties, *skills, *qualifications; // parted by ;
    const char *dones;                                 // "course day;course day", newest first
    enum status status;
    const char *registered_on, *expires_on, *suspended_until, *taken_out_on; // NULL: the usual
    int exam_year, renewals;
    const char *email;
};

static const struct person_row person_rows[] = {
    {.number = 1,
     .name = "髙橋 太郎",
     .kana = "タカハシ タロウ",
     .other_name = "Takahashi Taro",
     .employer = "株式会社見本電機",
     .home = 13,
     .employer_place = 13,
     .specialties = "監査;診断",
     .skills = "C;C++",
     .qualifications = "Q",
     .dones = "online-2025 2025-07-01;online-2024 2024-07-31",
     .exam_year = 2017,
     .email = "a@sample.example"},
    {.number = 2,
     .name = "高橋 花子",
     .kana = "たかはし はなこ",
     .employer = "㈱見本電機",
     .home = 13,
     .employer_place = 14,
     .specialties = "監査",
     .skills = "Web",
     .exam_year = 2018},
    {.number = 3,
     .name = "山﨑 一郎",
     .kana = "ヤマザキ イチロウ",
     .employer = "見本電機(株)",
     .home = 1,
     .skills = "WEB",
     .renewals = 2},
    {.number = 4,
     .name = "山崎 二郎",
     .kana = "ヤマサキ ジロウ",
     .other_name = "YAMASAKI Jirō",
     .employer = "Sample Co., Ltd.",
     .home = 47,
     .employer_place = 99,
     .specialties = "ﾈｯﾄﾜｰｸ",
     .skills = "ｗｅｂ",
     .qualifications = "Q;R"},
    {.number = 5,
     .name = "渡邉 春子",
     .kana = "ワタナベ ハルコ",
     .other_name = "Watanabe Haruko",
     .employer = "Sample Inc.",
     .home = 27,
     .employer_place = 27,
     .specialties = "ネットワーク"},
    {.number = 6,
     .name = "渡部 冬子",
     .kana = "ワタナベ フユコ",
     .employer = "合同会社サンプル",
     .home = 26,
     .skills = "暗号,鍵",
     .qualifications = "C\\D"},
    {.number = 7,
     .name = "齋藤 一男",
     .kana = "サイトウ カズオ",
     .other_name = "SAITOH Kazuo",
     .employer = "Mihon K.K.",
     .specialties = "フォレンジック",
     .skills = "ヴ"},
    {.number = 8,
     .name = "斉藤 三男",
     .kana = "サイトー ミツオ",
     .employer = "一般社団法人見本協会",
     .home = 12,
     .employer_place = 12,
     .dones = "online-2025 2025-12-31;special 2025-12-31"},
    {.number = 9,
     .name = "大野 一郎",
     .kana = "オオノ イチロウ",
     .other_name = "Ohno Ichiro",
     .employer = "認定NPO法人サンプル",
     .home = 11},
    {.number = 10,
     .name = "小野 二葉",
     .kana = "オノ フタバ",
     .other_name = "Ono Futaba",
     .employer = "国立大学法人見本大学",
     .home = 8,
     .employer_place = 8},
    {.number = 11, .name = "𠮷田 吉雄", .kana = "ヨシダ ヨシオ", .employer = "見本　商会", .home = 9, .renewals = 999},
    {.number = 12,
     .name = "辻\U000E0100 正雄",
     .kana = "ツジ マサオ",
     .employer = "葛\U000E0101飾見本",
     .home = 10,
     .specialties = "診断",
     .skills = "診断",
     .qualifications = "診断"},
    {.number = 13,
     .name = "\uFA19谷 光",
     .kana = "カミヤ ヒカル",
     .employer = "\uFA1B見本",
     .home = 40,
     .employer_place = 40,
     .skills = "\uFA11"},
    {.number = 14, .name = "関ヶ原 乃", .kana = "セキガハラ ノ", .employer = "堀ノ内サンプル", .home = 21},
    {.number = 15, .name = "関が原 之", .kana = "せきがはら の", .employer = "堀之内サンプル", .home = 21},
    {.number = 16,
     .name = "佐々木 いすゞ",
     .kana = "ササキ イスヾ",
     .other_name = "Sasaki Isuzu",
     .employer = "有限会社　サンプル　見本",
     .home = 3,
     .employer_place = 4},
    {.number = 17,
     .kana = "シルヴァ マリア",
     .other_name = "SILVA Maria",
     .employer = "Sample L.L.C.",
     .home = 99,
     .employer_place = 99,
     .specialties = "C",
     .skills = "C",
     .exam_year = 2020},
    {.number = 18,
     .name = "Zoë O'Neil-見本",
     .kana = "ゾーイ・オニール",
     .other_name = "o\u0304no k\u0304",
     .employer = "SAMPLE",
     .home = 99,
     .skills = "ß",
     .qualifications = "İ"},
    {.number = 19,
     .name = "見本",
     .kana = "ミホン",
     .other_name = "Mihon",
     .employer = "見本",
     .home = 13,
     .employer_place = 13,
     .specialties = "見本",
     .skills = "見本",
     .qualifications = "見本"},
    {.number = 20,
     .name = "見本 見本",
     .kana = "ミホン ミホン",
     .other_name = "Mihon Mihon",
     .employer = "見本見本",
     .home = 13},
    {.number = 21, .name = "サンプル さんぷる", .kana = "ｻﾝﾌﾟﾙ サンプル", .employer = "さんぷる", .employer_place = 13},
    {.number = 22,
     .name = "か\u3099ん ア\u3099",
     .kana = "ガン ア\u3099ー",
     .employer = "ﾊﾟ\u3099ﾋﾟ",
     .skills = "\u0301\u0302"},
    {.number = 23, .name = "ヴ ヴ", .kana = "ヴ ヴァ", .other_name = "V Va", .employer = "ヴ"},
    {.number = 24,
     .name = "123 第24号",
     .kana = "イチ ニ",
     .other_name = "24",
     .employer = "25 株式会社",
     .specialties = "000024",
     .skills = "１",
     .qualifications = "①"},
    {.number = 25,
     .name = "八丁 新一",
     .kana = "ハッチョウ シンイチ",
     .other_name = "Hatcho Shin'ichi",
     .employer = "株式会社",
     .home = 34},
    {.number = 26,
     .name = "コンヤ コニャ",
     .kana = "コンヤ コニャ",
     .other_name = "Kon'ya Konya",
     .employer = "(株)",
     .home = 33},
    {.number = 27,
     .name = "新田 仁",
     .kana = "ニッタ ジン",
     .other_name = "NITTA Jin",
     .employer = "Co., Ltd.",
     .home = 5,
     .employer_place = 5,
     .dones = "old-2019 2019-08-01"},
    {.number = 28,
     .name = "東京 北海道",
     .kana = "トウキョウ ホッカイドウ",
     .employer = "東京見本",
     .home = 1,
     .employer_place = 13},
    {.number = 29,
     .name = "a",
     .kana = "ア",
     .other_name = "A",
     .employer = "A",
     .specialties = "a",
     .skills = "a",
     .qualifications = "a"},
    {.number = 30, .name = "ﷺ \u202Eabc", .kana = "\u2060ア \u00ADイ", .employer = "\u200D見\uFE00本"},
    {.number = 31}, // 200 characters each: see long_text()
    {.number = 32}, // nothing public
    {.number = 33,
     .name = "停止 中",
     .kana = "テイシ チュウ",
     .employer = "見本",
     .home = 13,
     .status = STATUS_NAME_USE_SUSPENDED,
     .suspended_until = FUZZ_TODAY,
     .dones = "special 2025-12-31"},
    {.number = 34,
     .name = "停止 明",
     .kana = "テイシ アケ",
     .employer = "見本",
     .home = 13,
     .status = STATUS_NAME_USE_SUSPENDED,
     .suspended_until = "2026-06-14"},
    {.number = 35, .name = "失効 見本", .kana = "シッコウ ミホン", .expires_on = "2026-06-14"},
    {.number = 36, .name = "最終 日", .kana = "サイシュウ ニチ", .expires_on = FUZZ_TODAY},
    {.number = 37, .name = "取消 見本", .status = STATUS_REVOKED},
    {.number = 38, .name = "消除 見本", .status = STATUS_STRUCK_OFF},
    {.number = 39, .name = "抹消 見本", .taken_out_on = "2026-05-01", .registered_on = "2018-10-01"},
    {.number = 9999999,
     .name = "最後 の人",
     .kana = "サイゴ ノヒト",
     .other_name = "The Last",
     .employer = "見本",
     .home = 47,
     .employer_place = 47,
     .registered_on = "2018-10-01",
     .renewals = 3,
     .dones = "online-2024 2025-02-28"},
};

enum { PERSON_ROWS = sizeof person_rows / sizeof person_rows[0] };

static struct known_register fuzz_known;
static struct str fuzz_items[PERSON_ROWS][3][ENTRIES_MOST];
static char fuzz_long[3][TEXT_LONGEST * 4 + 1];

static inline day_t fuzz_day(const char *text, const char *usual)
{
    day_t day = DAY_NONE;
    must(day_parse(str_of(text == NULL ? usual : text), &day));
    return day;
}

static inline struct str text_or_none(const char *text)
{
    return text == NULL ? (struct str){NULL, 0} : str_of(text);
}

static inline struct text_list list_of(const char *text, struct str items[ENTRIES_MOST])
{
    struct text_list list = {items, 0};
    for (struct str rest = text_or_none(text); rest.p != NULL;) {
        must(list.n < ENTRIES_MOST);
        items[list.n++] = str_cut(&rest, ';');
    }
    return list;
}

// As long as a text may be.
static inline struct str long_text(char *out, const char *head, const char *unit)
{
    size_t n = 0;
    for (size_t i = 0; i < TEXT_LONGEST; i++) {
        const char *next = i < strlen(head) ? NULL : unit;
        size_t length = next == NULL ? 1 : strlen(next);
        memcpy(out + n, next == NULL ? head + i : next, length);
        n += length;
    }
    return (struct str){out, n};
}

static inline void fill_texts(const struct person_row *row, size_t place, struct registrant *r)
{
    r->name = text_or_none(row->name);
    r->kana = text_or_none(row->kana);
    r->other_name = text_or_none(row->other_name);
    r->employer = text_or_none(row->employer);
    r->email = text_or_none(row->email);
    r->specialties = list_of(row->specialties, fuzz_items[place][0]);
    r->skills = list_of(row->skills, fuzz_items[place][1]);
    r->qualifications = list_of(row->qualifications, fuzz_items[place][2]);
    if (row->number == 31) {
        r->name = long_text(fuzz_long[0], "A ", "寿");
        r->kana = long_text(fuzz_long[1], "", "ジュ");
        r->kana.n = fuzz_clip(r->kana, TEXT_LONGEST).n;
        r->employer = long_text(fuzz_long[2], "", "𠮷");
    }
}

static inline void fill_dones(const struct person_row *row, struct known *person)
{
    for (struct str rest = text_or_none(row->dones); rest.p != NULL;) {
        struct str day = str_cut(&rest, ';');
        struct str course = str_cut(&day, ' ');
        struct completion *done = &person->dones[person->done_count++];
        *done = (struct completion){row->number, course, DAY_NONE};
        must(day_parse(day, &done->completed_on));
    }
}

static inline void fill_person(const struct person_row *row, size_t place, struct known *person)
{
    day_t registered_on = fuzz_day(row->registered_on, "2024-04-01");
    *person = (struct known){
        .r = {.number = row->number,
              .status = row->status,
              .registered_on = registered_on,
              .renewed_on = DAY_NONE,
              .renewal_count = (uint32_t)row->renewals,
              .expires_on = fuzz_day(row->expires_on, "2027-03-31"),
              .exam_passed = row->exam_year == 0 ? MONTH_NONE : row->exam_year * 12 + 9,
              .status_on = registered_on,
              .suspended_until = row->suspended_until == NULL ? DAY_NONE : fuzz_day(row->suspended_until, ""),
              .birth_month = MONTH_NONE,
              .home = row->home,
              .employer_place = row->employer_place},
        .taken_out_on = row->taken_out_on == NULL ? DAY_NONE : fuzz_day(row->taken_out_on, ""),
    };
    fill_texts(row, place, &person->r);
    fill_dones(row, person);
}

// --- building --------------------------------------------------------------------------------------------------------

static inline struct course course_of_code(const char *code, enum course_kind kind, const char *operator_code)
{
    return (struct course){
        .code = str_of(code),
        .kind = kind,
        .name = STR("講習 \"<&>\""),
        .operator_code = str_of(operator_code),
        .valid_from = fuzz_day("2019-04-01", ""),
        .valid_to = fuzz_day("2027-03-31", ""),
        .fee_yen = -1,
    };
}

static inline void add_courses(struct builder *builder)
{
    static const struct operator_entry operators[] = {{.code = {"ipa", 3}, .name = {"機関", 6}},
                                                      {.code = {"other", 5}, .name = {"機関", 6}}};
    const struct course courses[] = {
        course_of_code("old-2019", KIND_ONLINE, "ipa"),
        course_of_code("online-2024", KIND_ONLINE, "ipa"),
        course_of_code("online-2025", KIND_ONLINE, "ipa"),
        course_of_code("special", KIND_DESIGNATED, "other"),
    };
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        must(builder_add_operator(builder, &operators[i], NULL) == ERR_OK);
    }
    fuzz_known.course_count = sizeof courses / sizeof courses[0];
    for (size_t i = 0; i < fuzz_known.course_count; i++) {
        fuzz_known.courses[i] = courses[i];
        must(builder_add_course(builder, &courses[i], i > 0, NULL) == ERR_OK);
    }
}

static inline void add_people(struct builder *builder, struct buf *room)
{
    fuzz_known.n = PERSON_ROWS;
    for (size_t i = 0; i < PERSON_ROWS; i++) {
        struct known *person = &fuzz_known.people[i];
        fill_person(&person_rows[i], i, person);
        settle_person(person, fuzz_known.day, room);
        must(builder_add_registrant(builder, &person->r, person->taken_out_on, NULL) == ERR_OK);
    }
    for (size_t i = 0; i < PERSON_ROWS; i++) {
        const struct known *person = &fuzz_known.people[i];
        for (size_t k = 0; k < person->done_count; k++) {
            const struct completion *done = &person->dones[k];
            struct builder_completion completion = {done->number, done->course, done->completed_on, INSTANT_NONE,
                                                    2000000};
            must(builder_add_completion(builder, &completion, NULL) == ERR_OK);
        }
    }
}

// Fills fuzz_known too.
static inline struct edition *build_fuzz_edition(void)
{
    static struct buf room; // as long as the program runs
    struct builder *builder = NULL;
    struct edition *edition = NULL;
    room_open(&room, 16 << 20);
    fuzz_known.day = fuzz_day(FUZZ_TODAY, "");
    settle_places(&fuzz_known, &room);
    must(builder_new((struct edition_head){7, 1000000, fuzz_known.day}, &builder, NULL) == ERR_OK);
    add_courses(builder);
    add_people(builder, &room);
    must(builder_finish(&builder, &edition, NULL) == ERR_OK);
    for (size_t i = 0; i < fuzz_known.course_count; i++) {
        fuzz_known.course_index[i] = (uint16_t)edition_find_course(edition, fuzz_known.courses[i].code);
    }
    return edition;
}

#endif

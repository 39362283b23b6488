// Composes employers from a place, a sample word, an industry and a legal form: see sample_employers.h.
#include "register/sample_employers.h"

#include <stdio.h>

enum {
    // An employer's rank is drawn within 2^level .. 2^(level+1)-1 with every level as likely: about one in rank.
    LEVEL_LOWEST = 3,
    LEVEL_HIGHEST = 13,
    OTHER_SPELLING_PERMILLE = 45,
};

enum form_place { FORM_BEFORE, FORM_AFTER, FORM_STOCK_BEFORE, FORM_STOCK_AFTER, FORM_PUBLIC, FORM_ENGLISH };

struct form {
    const char *text;
    enum form_place place;
    uint32_t weight;
};

static const struct form forms[] = {
    {"株式会社", FORM_STOCK_BEFORE, 380},
    {"株式会社", FORM_STOCK_AFTER, 330},
    {"有限会社", FORM_BEFORE, 22},
    {"有限会社", FORM_AFTER, 12},
    {"合同会社", FORM_BEFORE, 36},
    {"合同会社", FORM_AFTER, 22},
    {"一般社団法人", FORM_BEFORE, 18},
    {"一般財団法人", FORM_BEFORE, 10},
    {"公益財団法人", FORM_BEFORE, 8},
    {"独立行政法人", FORM_BEFORE, 12},
    {"学校法人", FORM_BEFORE, 10},
    {"監査法人", FORM_AFTER, 10},
    {"協同組合", FORM_AFTER, 8},
    {"市役所", FORM_PUBLIC, 18},
    {"県庁", FORM_PUBLIC, 12},
    {"大学", FORM_PUBLIC, 14},
    {" Inc.", FORM_ENGLISH, 30},
    {" Co., Ltd.", FORM_ENGLISH, 30},
    {" K.K.", FORM_ENGLISH, 10},
    {" LLC", FORM_ENGLISH, 8},
};

// How people write 株式会社, and what they leave between it and the name.
struct spelling {
    const char *text;
    const char *gap;
};

static const struct spelling usual_spelling = {"株式会社", ""};
static const struct spelling other_spellings[] = {{"㈱", ""},    {"(株)", ""},      {"（株）", ""},
                                                  {"(株)", " "}, {"株式会社", " "}, {"株式会社", "　"}};

static const char *const sample_words[] = {"サンプル", "サンプル",   "見本",        "見本",
                                           "例示",     "新サンプル", "ＳＡＭＰＬＥ"};

static const char *const places[] = {
    "東京", "横浜", "川崎",   "大阪",   "名古屋", "札幌", "仙台", "福岡", "広島",   "京都", "神戸", "千葉", "埼玉",
    "多摩", "静岡", "浜松",   "新潟",   "金沢",   "富山", "長野", "岡山", "高松",   "松山", "熊本", "長崎", "鹿児島",
    "沖縄", "青森", "盛岡",   "秋田",   "山形",   "福島", "水戸", "前橋", "宇都宮", "甲府", "岐阜", "三重", "滋賀",
    "奈良", "堺",   "和歌山", "鳥取",   "島根",   "山口", "徳島", "高知", "佐賀",   "大分", "宮崎", "日本", "東日本",
    "西",   "関東", "関西",   "首都圏", "中部",   "九州", "東北", "北陸", "四国",   "全国", "国際", "東洋", "中央",
};

static const char *const industries[] = {
    "システムズ",
    "ソリューションズ",
    "情報システム",
    "データ",
    "通信",
    "ネットワークス",
    "セキュリティ",
    "電機",
    "電力",
    "ガス",
    "銀行",
    "信用金庫",
    "証券",
    "生命保険",
    "損害保険",
    "製作所",
    "重工業",
    "自動車",
    "鉄道",
    "航空",
    "運輸",
    "商事",
    "物産",
    "建設",
    "不動産",
    "製薬",
    "化学",
    "食品",
    "新聞社",
    "放送",
    "印刷",
    "総合研究所",
    "コンサルティング",
    "テクノロジー",
    "ソフトウェア",
    "クラウドサービス",
    "インターネット",
    "エンジニアリング",
    "コミュニケーションズ",
    "計算センター",
    "情報センター",
    "データセンター",
    "サイバーディフェンス",
    "インフォテック",
    "電子",
    "精機",
    "金属",
    "硝子",
    "倉庫",
    "百貨店",
    "メディカル",
    "病院",
    "カード",
    "リース",
    "警備保障",
    "ゲームズ",
    "出版",
    "人材",
    "設計",
    "水道",
};

static const char *const english_words[] = {"Sample", "Example", "Mihon", "Samples", "Reiji Sample"};
static const char *const english_places[] = {"Tokyo",   "Japan",  "Nippon", "Osaka",    "Asia",
                                             "Pacific", "Global", "Nagoya", "Yokohama", "Kyushu",
                                             "East",    "West",   "United", "New",      "Central"};
static const char *const english_industries[] = {
    "Systems",   "Solutions", "Networks",  "Security",   "Data",   "Technologies", "Consulting", "Cloud",
    "Software",  "Electric",  "Insurance", "Securities", "Bank",   "Motors",       "Logistics",  "Research",
    "Analytics", "Telecom",   "Robotics",  "Media",      "Energy", "Chemicals",    "Partners",   "Labs",
};

// Never two in one argument list: the order of evaluation there differs between compilers.
#define PICK(dice, table) ((table)[dice_below((dice), (uint32_t)(sizeof(table) / sizeof(table)[0]))])

static const struct form *draw_form(struct dice *dice)
{
    struct wheel wheel = {0};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        wheel_add(&wheel, forms[i].weight);
    }
    return &forms[wheel_spin(&wheel, dice)];
}

static void compose_core(struct dice *dice, char *out, size_t size)
{
    uint32_t pattern = dice_below(dice, 8);
    const char *place = PICK(dice, places);
    const char *word = PICK(dice, sample_words);
    const char *industry = PICK(dice, industries);
    if (pattern == 0) {
        (void)snprintf(out, size, "%s%s", word, industry);
    } else if (pattern < 4) {
        (void)snprintf(out, size, "%s%s%s", word, place, industry);
    } else {
        (void)snprintf(out, size, "%s%s%s", place, word, industry);
    }
}

// Cities, prefectures and universities have a place and no industry.
static void compose_public_body(struct dice *dice, const char *form, char out[EMPLOYER_BYTES])
{
    const char *word = PICK(dice, sample_words);
    const char *place = PICK(dice, places);
    (void)snprintf(out, EMPLOYER_BYTES, "%s%s%s", word, place, form);
}

static void compose_english(struct dice *dice, const char *form, char out[EMPLOYER_BYTES])
{
    const char *word = PICK(dice, english_words);
    const char *place = PICK(dice, english_places);
    const char *industry = PICK(dice, english_industries);
    (void)snprintf(out, EMPLOYER_BYTES, "%s %s %s%s", word, place, industry, form);
}

static uint32_t draw_rank(struct dice *dice)
{
    uint32_t level = (uint32_t)dice_between(dice, LEVEL_LOWEST, LEVEL_HIGHEST);
    return (1U << level) + dice_below(dice, 1U << level);
}

static void compose(struct dice *employer, const struct spelling *stock, char out[EMPLOYER_BYTES])
{
    const struct form *form = draw_form(employer);
    if (form->place == FORM_ENGLISH) {
        compose_english(employer, form->text, out);
        return;
    }
    if (form->place == FORM_PUBLIC) {
        compose_public_body(employer, form->text, out);
        return;
    }
    bool is_stock = form->place == FORM_STOCK_BEFORE || form->place == FORM_STOCK_AFTER;
    bool is_before = form->place == FORM_BEFORE || form->place == FORM_STOCK_BEFORE;
    struct spelling legal = is_stock ? *stock : (struct spelling){form->text, ""};
    char core[EMPLOYER_BYTES / 2];
    compose_core(employer, core, sizeof core);
    (void)snprintf(out, EMPLOYER_BYTES, "%s%s%s", is_before ? legal.text : core, legal.gap,
                   is_before ? core : legal.text);
}

void sample_employers_draw(uint64_t seed, struct dice *dice, char out[EMPLOYER_BYTES])
{
    struct dice employer = dice_of(seed, draw_rank(dice), DICE_EMPLOYER);
    bool unusual = dice_chance(dice, OTHER_SPELLING_PERMILLE);
    const struct spelling *other = &PICK(dice, other_spellings);
    compose(&employer, unusual ? other : &usual_spelling, out);
}

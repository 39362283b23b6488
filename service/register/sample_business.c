// The kinds of employers and what each may be called: see sample_business.h.
#include "register/sample_business.h"

#include <stdio.h>

enum { BEFORE_PERMILLE = 535, PREFECTURE_NAME_PERMILLE = 400, GIANT_RANKS = 32 };

// What stands in the middle of a name.
enum middle { NOTHING, PLACE, BRAND, PREFECTURE, CITY };

// `before` and `after` are the legal form; both "*": 株式会社 on either side. `businesses` ends with NULL.
struct kind {
    const char *before;
    const char *after;
    const char *const *businesses;
    enum middle middle;
    uint32_t weight;
};

static const char *const sample_words[] = {"サンプル", "見本", "例示", "新サンプル", "ＳＡＭＰＬＥ"};

static const char *const large[] = {
    "システムズ",     "ソリューションズ",
    "情報システム",   "データ",
    "通信",           "ネットワークス",
    "セキュリティ",   "電機",
    "電力",           "ガス",
    "銀行",           "証券",
    "生命保険",       "損害保険",
    "製作所",         "重工業",
    "自動車",         "鉄道",
    "航空",           "運輸",
    "商事",           "物産",
    "建設",           "不動産",
    "製薬",           "化学",
    "食品",           "新聞社",
    "放送",           "印刷",
    "総合研究所",     "コンサルティング",
    "テクノロジー",   "ソフトウェア",
    "電子",           "インターネット",
    "データセンター", "コミュニケーションズ",
    "カード",         "リース",
    "警備保障",       NULL,
};
static const char *const regional[] = {
    "システムズ", "情報システム", "情報センター", "計算センター", "データ",         "通信", "ネットワークス", "電機",
    "ガス",       "銀行",         "証券",         "製作所",       "精機",           "電子", "金属",           "鉄道",
    "運輸",       "倉庫",         "商事",         "建設",         "不動産",         "食品", "新聞社",         "放送",
    "印刷",       "百貨店",       "設計",         "リース",       "ケーブルテレビ", NULL,
};
static const char *const young[] = {
    "システムズ",           "テクノロジー",         "ソフトウェア", "クラウドサービス", "セキュリティ", "ゲームズ",
    "サイバーディフェンス", "インフォテック",       "データ",       "コンサルティング", "デザイン",     "ラボ",
    "エンジニアリング",     "コミュニケーションズ", "メディカル",   "ソリューションズ", "人材",         NULL,
};
static const char *const old_small[] = {"製作所", "印刷", "設計", "食品", "倉庫", "情報システム", "電機", "金属", NULL};
static const char *const banks[] = {"信用金庫", NULL};
static const char *const schools[] = {"大学", "学園", "工科大学", "国際大学", NULL};
static const char *const state_schools[] = {"大学", NULL};
static const char *const auditors[] = {"監査法人", NULL};
static const char *const agencies[] = {
    "情報研究所", "産業技術研究所", "統計研究機構", "防災研究所", "教育支援機構", "通信研究機構", NULL};
static const char *const unions[] = {"セキュリティ協会", "クラウド協会", "情報産業協会", "標準化協会", NULL};
static const char *const foundations[] = {"情報財団", "技術振興財団", "学術振興財団", NULL};
static const char *const promotion[] = {"産業振興センター", "文化財団", "情報化推進センター", NULL};
static const char *const cooperatives[] = {"印刷", "情報産業", "電機", "運輸", NULL};
static const char *const hospitals[] = {"病院", "中央病院", "記念病院", NULL};
static const char *const city_halls[] = {"市役所", "市役所", "市立病院", NULL};
static const char *const governments[] = {"", NULL};

static const struct kind local_kinds[] = {
    {"*", "*", regional, PLACE, 330},
    {"*", "*", young, BRAND, 400},
    {"合同会社", "", young, BRAND, 50},
    {"", "合同会社", young, BRAND, 30},
    {"有限会社", "", old_small, BRAND, 26},
    {"", "有限会社", old_small, PLACE, 16},
    {"", "", banks, PLACE, 14},
    {"学校法人", "", schools, PLACE, 14},
    {"国立大学法人", "", state_schools, PREFECTURE, 10},
    {"公益財団法人", "", promotion, PREFECTURE, 10},
    {"", "協同組合", cooperatives, PLACE, 10},
    {"医療法人", "", hospitals, PLACE, 14},
    {"", "", city_halls, CITY, 34},
    {"", "", governments, PREFECTURE, 22},
};

static const struct kind national_kinds[] = {
    {"*", "*", large, NOTHING, 600},
    {"", "", auditors, NOTHING, 50},
    {"独立行政法人", "", agencies, NOTHING, 50},
    {"国立研究開発法人", "", agencies, NOTHING, 40},
    {"一般社団法人", "", unions, NOTHING, 40},
    {"一般財団法人", "", foundations, NOTHING, 12},
};

static const char *const brands[] = {
    "みらい", "あおば", "ひかり",     "つばさ",   "はやぶさ", "やまびこ", "アルファ", "ベータ",
    "ガンマ", "デルタ", "オメガ",     "コスモ",   "ネクスト", "スカイ",   "リンク",   "ブリッジ",
    "クロス", "コア",   "オーシャン", "グリーン", "第一",     "第二",     "朝日",     "まるよし",
    "やまに", "かもめ", "すばる",     "ポラリス", "シリウス", "ベガ",
};

enum { ENGLISH_NATIONAL_PERMILLE = 120, ENGLISH_LOCAL_PERMILLE = 70 };

static const char *const english_words[] = {"Sample", "Example", "Mihon", "Samples", "Reiji Sample"};
static const char *const english_middles[] = {"Global", "United", "New",  "Central", "Open",  "Bright",
                                              "Next",   "First",  "Blue", "Silver",  "Clear", "Prime"};
static const char *const english_businesses[] = {
    "Systems",   "Solutions", "Networks", "Security", "Data",   "Technologies", "Consulting", "Cloud",
    "Software",  "Electric",  "Design",   "Learning", "Studio", "Motors",       "Logistics",  "Research",
    "Analytics", "Telecom",   "Robotics", "Media",    "Energy", "Chemicals",    "Partners",   "Labs",
};
static const char *const english_forms[] = {"Inc.",      "Inc.",      "Inc.", "Co., Ltd.",
                                            "Co., Ltd.", "Co., Ltd.", "K.K.", "LLC"};

// Never two in one argument list: the order of evaluation there differs between compilers.
#define COUNT(table) ((uint32_t)(sizeof(table) / sizeof(table)[0]))
#define PICK(dice, table) ((table)[dice_below((dice), COUNT(table))])

static const struct kind *draw_kind(struct dice *dice, const struct kind *kinds, size_t count)
{
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += kinds[i].weight;
    }
    uint32_t ball = dice_below(dice, total);
    size_t i = 0;
    for (; ball >= kinds[i].weight; i++) {
        ball -= kinds[i].weight;
    }
    return &kinds[i];
}

static uint32_t count_businesses(const struct kind *kind)
{
    uint32_t count = 0;
    while (kind->businesses[count] != NULL) {
        count++;
    }
    return count;
}

static const char *draw_city(struct dice *dice, const struct sample_prefecture *at)
{
    uint32_t count = 0;
    while (count < CITIES_MAX && at->cities[count] != NULL) {
        count++;
    }
    return at->cities[dice_below(dice, count)];
}

static const char *draw_middle(struct dice *dice, enum middle middle, const struct sample_prefecture *at)
{
    switch (middle) {
    case PLACE:
        return dice_chance(dice, PREFECTURE_NAME_PERMILLE) ? at->name : draw_city(dice, at);
    case CITY:
        return draw_city(dice, at);
    case PREFECTURE:
        return at->name;
    case BRAND:
        return PICK(dice, brands);
    default:
        return "";
    }
}

static void put_form(const struct kind *kind, const char *core, bool stock_before, const struct spelling *stock,
                     char out[EMPLOYER_BYTES])
{
    if (kind->before[0] != '*') {
        (void)snprintf(out, EMPLOYER_BYTES, "%s%s%s", kind->before, core, kind->after);
    } else if (stock_before) {
        (void)snprintf(out, EMPLOYER_BYTES, "%s%s%s", stock->text, stock->gap, core);
    } else {
        (void)snprintf(out, EMPLOYER_BYTES, "%s%s%s", core, stock->gap, stock->text);
    }
}

static void compose_english(struct dice *dice, char out[EMPLOYER_BYTES])
{
    const char *word = PICK(dice, english_words);
    const char *middle = PICK(dice, english_middles);
    const char *business = PICK(dice, english_businesses);
    const char *form = PICK(dice, english_forms);
    (void)snprintf(out, EMPLOYER_BYTES, "%s %s %s %s", word, middle, business, form);
}

void sample_business_national(struct dice *employer, uint32_t rank, const struct spelling *stock,
                              char out[EMPLOYER_BYTES])
{
    bool is_giant = rank < GIANT_RANKS;
    if (!is_giant && dice_chance(employer, ENGLISH_NATIONAL_PERMILLE)) {
        compose_english(employer, out);
        return;
    }
    const struct kind *kind =
        is_giant ? &national_kinds[0] : draw_kind(employer, national_kinds, COUNT(national_kinds));
    bool stock_before = dice_chance(employer, BEFORE_PERMILLE);
    uint32_t count = count_businesses(kind);
    const char *word = sample_words[(rank + rank / count) % COUNT(sample_words)];
    char core[EMPLOYER_BYTES / 2];
    (void)snprintf(core, sizeof core, "%s%s", word, kind->businesses[rank % count]);
    put_form(kind, core, stock_before, stock, out);
}

void sample_business_local(struct dice *employer, const struct sample_prefecture *at, const struct spelling *stock,
                           char out[EMPLOYER_BYTES])
{
    if (dice_chance(employer, ENGLISH_LOCAL_PERMILLE)) {
        compose_english(employer, out);
        return;
    }
    const struct kind *kind = draw_kind(employer, local_kinds, COUNT(local_kinds));
    bool stock_before = dice_chance(employer, BEFORE_PERMILLE);
    const char *word = PICK(employer, sample_words);
    const char *middle = draw_middle(employer, kind->middle, at);
    const char *business = kind->businesses[dice_below(employer, count_businesses(kind))];
    business = kind->businesses == governments ? at->government : business;
    char core[EMPLOYER_BYTES / 2];
    (void)snprintf(core, sizeof core, "%s%s%s", word, middle, business);
    put_form(kind, core, stock_before, stock, out);
}

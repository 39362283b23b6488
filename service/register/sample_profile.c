// Contact details, skills and a few sentences: see sample_profile.h. Domains and telephone numbers lead nowhere.
#include "register/sample_profile.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    PROFILE_PERMILLE = 150,
    EMAIL_PERMILLE = 700,
    PHONE_PERMILLE = 250,
    URL_PERMILLE = 400,
    STATEMENT_PERMILLE = 600,
};

struct text_table {
    const char *const *texts;
    uint32_t n;
};

static const char *const specialty_texts[] = {
    "情報セキュリティ監査",
    "リスクアセスメント",
    "インシデント対応",
    "ペネトレーションテスト",
    "脆弱性診断",
    "クラウドセキュリティ",
    "制御システムセキュリティ",
    "セキュリティ教育",
    "CSIRT構築支援",
    "SOC運用",
    "デジタルフォレンジック",
    "マルウェア解析",
    "個人情報保護",
    "ISMS認証取得支援",
    "ゼロトラスト設計",
    "サプライチェーン対策",
    "中小企業支援",
    "医療情報システム",
    "自治体情報セキュリティ",
    "金融系システム",
    "IoT・組込み機器",
    "認証・ID管理",
    "暗号・鍵管理",
    "事業継続計画",
    "AIセキュリティ",
    "セキュア開発",
};

static const char *const skill_texts[] = {
    "ネットワーク設計",
    "ファイアウォール運用",
    "ログ分析",
    "SIEM構築",
    "Linux",
    "Windows Server",
    "Active Directory",
    "Webアプリケーション診断",
    "プラットフォーム診断",
    "リバースエンジニアリング",
    "C",
    "C++",
    "Python",
    "Go",
    "Java",
    "JavaScript",
    "SQL",
    "PostgreSQL",
    "Kubernetes",
    "クラウド設計",
    "規程策定",
    "プロジェクト管理",
    "英語での対応",
    "研修講師",
    "技術文書の執筆",
    "脅威分析",
    "EDR運用",
    "メールセキュリティ",
    "無線LAN",
    "仮想化基盤",
};

static const char *const qualification_texts[] = {
    "ネットワークスペシャリスト",
    "データベーススペシャリスト",
    "システム監査技術者",
    "プロジェクトマネージャ",
    "ITストラテジスト",
    "システムアーキテクト",
    "ITサービスマネージャ",
    "エンベデッドシステムスペシャリスト",
    "応用情報技術者",
    "基本情報技術者",
    "中小企業診断士",
    "技術士（情報工学部門）",
    "公認情報システム監査人 (CISA)",
    "CISSP",
    "CISM",
    "個人情報保護士",
    "電気通信主任技術者",
    "工事担任者",
    "弁理士",
    "行政書士",
};

static const char FIRST_SENTENCE[] = "これは見本のデータです。";

static const char *const sentences[] = {
    "製造業を中心に、情報セキュリティの体制づくりを支援しています。",
    "中小企業のみなさまのご相談を歓迎します。",
    "インシデント発生時の初動から再発防止まで対応いたします。",
    "自治体・医療機関での実績があります。",
    "講演や研修の講師もお引き受けします。",
    "脆弱性診断の内製化をお手伝いします。",
    "ISMSの新規取得と維持審査の経験が10年以上あります。",
    "オンラインでの打合せにも対応可能です。",
    "クラウド移行時のセキュリティ設計が得意です。",
    "I am happy to work in English as well.",
    "副業として、週末を中心に活動しています。",
    "制御システムと情報システムの橋渡しを心がけています。",
    "ご連絡はメールでお願いいたします。",
};

#define TABLE(texts) ((struct text_table){(texts), (uint32_t)(sizeof(texts) / sizeof(texts)[0])})

static struct text_list draw_list(struct dice *dice, struct text_table table, uint32_t most,
                                  struct str items[PROFILE_LIST_MAX])
{
    uint32_t n = dice_below(dice, most + 1);
    // A stride this short goes around the table less than once, so no entry comes twice.
    uint32_t at = dice_below(dice, table.n);
    uint32_t stride = 1 + dice_below(dice, (table.n - 1) / PROFILE_LIST_MAX);
    for (uint32_t i = 0; i < n; i++) {
        items[i] = str_of(table.texts[(at + i * stride) % table.n]);
    }
    return (struct text_list){items, n};
}

static struct str make_statement(struct dice *dice, char out[PROFILE_STATEMENT_BYTES])
{
    struct text_table table = TABLE(sentences);
    struct str items[PROFILE_LIST_MAX];
    struct text_list drawn = draw_list(dice, table, PROFILE_SENTENCES_MAX - 1, items);
    size_t n = (size_t)snprintf(out, PROFILE_STATEMENT_BYTES, "%s", FIRST_SENTENCE);
    for (size_t i = 0; i < drawn.n; i++) {
        n += (size_t)snprintf(out + n, PROFILE_STATEMENT_BYTES - n, "%.*s", (int)items[i].n, items[i].p);
    }
    return (struct str){out, n};
}

static void make_contact(struct dice *dice, struct registrant *row, struct sample_profile *profile)
{
    const char *domain = dice_chance(dice, 500) ? "example.jp" : "example.com";
    if (dice_chance(dice, EMAIL_PERMILLE)) {
        int n = snprintf(profile->email, sizeof profile->email, "sample%06" PRIu32 "@%s", row->number, domain);
        row->email = (struct str){profile->email, (size_t)n};
    }
    if (dice_chance(dice, PHONE_PERMILLE)) {
        int n = snprintf(profile->phone, sizeof profile->phone, "00-0000-%04" PRIu32, dice_below(dice, 10000));
        row->phone = (struct str){profile->phone, (size_t)n};
    }
    if (dice_chance(dice, URL_PERMILLE)) {
        int n = snprintf(profile->url, sizeof profile->url, "https://www.%s/sample/%06" PRIu32, domain, row->number);
        row->url = (struct str){profile->url, (size_t)n};
    }
}

void sample_profile_make(uint64_t seed, struct registrant *row, struct sample_profile *profile)
{
    struct dice dice = dice_of(seed, row->number, DICE_PROFILE);
    if (!dice_chance(&dice, PROFILE_PERMILLE)) {
        return;
    }
    make_contact(&dice, row, profile);
    row->specialties = draw_list(&dice, TABLE(specialty_texts), 4, profile->specialties);
    row->skills = draw_list(&dice, TABLE(skill_texts), PROFILE_LIST_MAX, profile->skills);
    row->qualifications = draw_list(&dice, TABLE(qualification_texts), 3, profile->qualifications);
    if (dice_chance(&dice, STATEMENT_PERMILLE)) {
        row->statement = make_statement(&dice, profile->statement);
    }
}

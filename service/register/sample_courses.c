// Operators and courses of the sample register. Hours and fees of the administrator's own courses are the published
// ones; the institutions and what they teach are made up and say so.
#include "register/sample_courses.h"

enum {
    FIXED_TEMPLATES = 5,
    LONGER_PRACTICAL_YEAR = 2024, // practical course A went from 7 to 8 hours in December 2023
    LONGER_PRACTICAL_TENTH_HOURS = 80,
};

struct operator_text {
    const char *code;
    const char *name;
    const char *name_en;
};

// Each has the mail domain CODE.example.jp.
static const struct operator_text operators[] = {
    {"ipa", "見本 情報処理推進機構 (サンプル)", "Sample IT Promotion Agency"},
    {"sample-academy", "サンプルアカデミー株式会社", "Sample Academy Co., Ltd."},
    {"mihon-univ", "学校法人見本大学", "Mihon University (sample)"},
    {"reiji-security", "株式会社例示セキュリティ", "Reiji Security Inc. (sample)"},
    {"sample-cyber-lab", "一般社団法人サンプルサイバー研究所", "Sample Cyber Laboratory"},
    {"mihon-training", "見本研修センター合同会社", "Mihon Training Center LLC (sample)"},
    {"sample-control", "サンプル制御システム協会", "Sample Control Systems Association"},
    {"example-networks", "エグザンプル・ネットワークス株式会社（見本）", "Example Networks Co., Ltd."},
    {"reiji-audit", "例示監査法人", "Reiji Audit LLC (sample)"},
    {"sample-soft", "有限会社サンプルソフト教育", "Sample Soft Education"},
    {"mihon-cloud", "株式会社見本クラウドスクール", "Mihon Cloud School Inc. (sample)"},
};

struct course_template {
    const char *stem;
    const char *name;
    const char *name_en;
    const char *operator_code;
    uint32_t tenth_hours;
    uint32_t fee_yen;
    int first_year;
    int last_year;  // 0: still offered
    uint32_t seats; // how often it is chosen, against the others
    enum course_kind kind;
};

static const struct course_template templates[] = {
    {"online", "オンライン講習（見本）", "Online course (sample)", "ipa", 60, 20000, 2017, 0, 0, KIND_ONLINE},
    {"practical-a", "実践講習A（見本）", "Practical course A (sample)", "ipa", 70, 80000, 2017, 0, 0, KIND_PRACTICAL_A},
    {"practical-b", "実践講習B（見本）", "Practical course B (sample)", "ipa", 100, 80000, 2017, 0, 0,
     KIND_PRACTICAL_B},
    {"cyberrex", "業界別サイバーレジリエンス強化演習 CyberREX（見本）",
     "Cyber Resilience Exercise by Industry (CyberREX) (sample)", "ipa", 140, 80000, 2017, 0, 0, KIND_CYBERREX},
    {"cyberstix", "制御システム向けサイバーセキュリティ演習 CyberSTIX（見本）",
     "Cyber Security Exercise for Control Systems (CyberSTIX) (sample)", "ipa", 110, 160000, 2017, 0, 0,
     KIND_CYBERSTIX},
    {"designated-academy-incident", "サンプル インシデント対応実践演習", "Sample incident response exercise",
     "sample-academy", 140, 165000, 2017, 0, 40, KIND_DESIGNATED},
    {"designated-academy-forensics", "サンプル デジタルフォレンジック入門", "Sample introduction to digital forensics",
     "sample-academy", 70, 110000, 2018, 0, 25, KIND_DESIGNATED},
    {"designated-academy-csirt", "サンプル CSIRT構築・運用講座", "Sample course on building a CSIRT", "sample-academy",
     75, 99000, 2020, 0, 18, KIND_DESIGNATED},
    {"designated-academy-threat", "サンプル 脅威インテリジェンス活用", "Sample threat intelligence in use",
     "sample-academy", 60, 88000, 2022, 0, 14, KIND_DESIGNATED},
    {"designated-mihon-univ-crypto", "見本 暗号技術と鍵管理の実践", "Mihon applied cryptography and key management",
     "mihon-univ", 120, 132000, 2017, 2023, 8, KIND_DESIGNATED},
    {"designated-mihon-univ-policy", "見本 情報セキュリティ政策と法", "Mihon security policy and law", "mihon-univ", 65,
     66000, 2019, 0, 10, KIND_DESIGNATED},
    {"designated-mihon-univ-ai", "見本 AIシステムのセキュリティ", "Mihon security of AI systems", "mihon-univ", 80,
     98000, 2024, 0, 16, KIND_DESIGNATED},
    {"designated-reiji-pentest", "例示 ペネトレーションテスト実習", "Reiji penetration testing practice",
     "reiji-security", 210, 297000, 2018, 0, 14, KIND_DESIGNATED},
    {"designated-reiji-webapp", "例示 Webアプリケーション脆弱性診断ハンズオン",
     "Reiji hands-on assessment of web applications", "reiji-security", 140, 198000, 2017, 0, 22, KIND_DESIGNATED},
    {"designated-reiji-malware", "例示 マルウェア解析（基礎）", "Reiji malware analysis, basics", "reiji-security", 140,
     220000, 2019, 2024, 9, KIND_DESIGNATED},
    {"designated-cyber-lab-range", "サンプル サイバーレンジ実戦演習", "Sample cyber range exercise", "sample-cyber-lab",
     125, 154000, 2018, 0, 30, KIND_DESIGNATED},
    {"designated-cyber-lab-tabletop", "サンプル 机上演習ファシリテーション",
     "Sample facilitation of tabletop exercises", "sample-cyber-lab", 60, 77000, 2020, 0, 12, KIND_DESIGNATED},
    {"designated-cyber-lab-supply", "サンプル サプライチェーンリスク管理", "Sample supply chain risk management",
     "sample-cyber-lab", 65, 82500, 2023, 0, 12, KIND_DESIGNATED},
    {"designated-mihon-training-log", "見本 ログ分析トレーニング", "Mihon log analysis training", "mihon-training", 70,
     88000, 2017, 0, 24, KIND_DESIGNATED},
    {"designated-mihon-training-soc", "見本 SOCアナリスト実務", "Mihon practice of SOC analysts", "mihon-training", 140,
     143000, 2021, 0, 14, KIND_DESIGNATED},
    {"designated-control-ics", "サンプル 制御システム防御演習", "Sample defence of control systems", "sample-control",
     110, 165000, 2019, 0, 9, KIND_DESIGNATED},
    {"designated-control-plant", "サンプル プラント向けリスクアセスメント", "Sample risk assessment for plants",
     "sample-control", 75, 99000, 2021, 0, 6, KIND_DESIGNATED},
    {"designated-example-packet", "エグザンプル パケット解析演習", "Example packet analysis exercise",
     "example-networks", 70, 93500, 2018, 0, 18, KIND_DESIGNATED},
    {"designated-example-zerotrust", "エグザンプル ゼロトラスト設計", "Example zero trust design", "example-networks",
     60, 88000, 2021, 0, 16, KIND_DESIGNATED},
    {"designated-reiji-audit-isms", "例示 情報セキュリティ監査実務", "Reiji information security auditing",
     "reiji-audit", 125, 121000, 2017, 0, 14, KIND_DESIGNATED},
    {"designated-reiji-audit-privacy", "例示 個人情報保護と影響評価", "Reiji privacy and impact assessment",
     "reiji-audit", 60, 71500, 2022, 0, 9, KIND_DESIGNATED},
    {"designated-soft-secure-coding", "サンプル セキュアコーディング実習", "Sample secure coding practice",
     "sample-soft", 70, 77000, 2019, 0, 14, KIND_DESIGNATED},
    {"designated-soft-devsecops", "サンプル DevSecOps入門", "Sample introduction to DevSecOps", "sample-soft", 65,
     82500, 2022, 0, 10, KIND_DESIGNATED},
    {"designated-mihon-cloud-platform", "見本 クラウド基盤セキュリティ設計", "Mihon security design of cloud platforms",
     "mihon-cloud", 80, 110000, 2020, 0, 20, KIND_DESIGNATED},
    {"designated-mihon-cloud-container", "見本 コンテナ環境の防御と監視", "Mihon defence of container platforms",
     "mihon-cloud", 70, 104500, 2023, 0, 12, KIND_DESIGNATED},
};

enum { TEMPLATES = sizeof templates / sizeof templates[0] };

int fiscal_year(day_t day)
{
    struct ymd ymd = day_to_ymd(day);
    return ymd.month >= 4 ? ymd.year : ymd.year - 1;
}

static bool is_offered(const struct course_template *template, int year)
{
    return year >= template->first_year && (template->last_year == 0 || year <= template->last_year);
}

void sample_courses_write_operators(struct buf *out)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        const struct operator_text *text = &operators[i];
        buf_add_format(out, "{\"code\":\"%s\",\"name\":\"%s\",\"name_en\":\"%s\",\"domain\":\"%s.example.jp\"}\n",
                       text->code, text->name, text->name_en, text->code);
    }
}

static uint32_t tenth_hours_in(const struct course_template *template, int year)
{
    bool longer = template->kind == KIND_PRACTICAL_A && year >= LONGER_PRACTICAL_YEAR;
    return longer ? LONGER_PRACTICAL_TENTH_HOURS : template->tenth_hours;
}

static void write_hours(struct buf *out, uint32_t tenth_hours)
{
    buf_add_format(out, "\"hours\":%u", tenth_hours / 10);
    if (tenth_hours % 10 != 0) {
        buf_add_format(out, ".%u", tenth_hours % 10);
    }
}

static void write_course(struct buf *out, const struct course_template *template, int year)
{
    buf_add_format(out, "{\"code\":\"%s-%d\",\"kind\":\"%s\",\"name\":\"%s\",\"name_en\":\"%s\",\"operator\":\"%s\",",
                   template->stem, year, kind_name(template->kind), template->name, template->name_en,
                   template->operator_code);
    buf_add_format(out, "\"valid_from\":\"%d-04-01\",\"valid_to\":\"%d-03-31\",", year, year + 1);
    write_hours(out, tenth_hours_in(template, year));
    buf_add_format(out, ",\"fee_yen\":%u}\n", template->fee_yen);
}

void sample_courses_write(struct buf *out, day_t today)
{
    for (int year = COURSES_FIRST_YEAR; year <= fiscal_year(today); year++) {
        for (size_t i = 0; i < TEMPLATES; i++) {
            if (is_offered(&templates[i], year)) {
                write_course(out, &templates[i], year);
            }
        }
    }
}

size_t sample_courses_fixed(enum course_kind kind)
{
    size_t found = 0;
    while (found + 1 < FIXED_TEMPLATES && templates[found].kind != kind) {
        found++;
    }
    return found;
}

size_t sample_courses_draw_designated(struct dice *dice, int year)
{
    struct wheel wheel = {0};
    for (size_t i = 0; i < TEMPLATES; i++) {
        wheel_add(&wheel, is_offered(&templates[i], year) ? templates[i].seats : 0);
    }
    return wheel_spin(&wheel, dice);
}

struct str sample_courses_stem(size_t template)
{
    return str_of(templates[template].stem);
}

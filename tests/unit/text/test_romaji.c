// Romaji keys: every kana and every form of its row; names with the forms that must and must not find them; and that
// typing never widens, for any letters.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/fold.h"
#include "text/romaji.h"
#include "text/romaji_table.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 64, KEY_MOST = 65536 };

static void fold(const char *text, struct buf *folded)
{
    buf_init(folded, KEY_MOST);
    assert_int_equal(fold_text(str_of(text), folded), ERR_OK);
}

static void key_of_kana(const char *kana, struct buf *key)
{
    BUF_AUTO struct buf folded;
    fold(kana, &folded);
    buf_init(key, KEY_MOST);
    assert_int_equal(romaji_key_of_kana(buf_str(&folded), key), ERR_OK);
    assert_true(key->n <= folded.n);
}

static void key_of(struct str word, enum romaji_way way, struct buf *key)
{
    buf_init(key, KEY_MOST);
    assert_int_equal(romaji_key(word, way, key), ERR_OK);
    assert_true(key->n <= 3 * word.n);
}

static void typed_key_of(struct str word, enum romaji_way way, struct buf *key)
{
    buf_init(key, KEY_MOST);
    assert_int_equal(romaji_key_typed(word, way, key), ERR_OK);
}

static bool has_key(struct str word, enum romaji_way way, struct str expected)
{
    BUF_AUTO struct buf key;
    key_of(word, way, &key);
    return str_equal(buf_str(&key), expected);
}

// What is certain of each beginning is a beginning of what is certain of the next, and of the whole word's key.
static void check_typing(struct str word, enum romaji_way way)
{
    BUF_AUTO struct buf whole;
    key_of(word, way, &whole);
    BUF_AUTO struct buf before;
    buf_init(&before, KEY_MOST);
    for (size_t at = 0; at < word.n;) {
        (void)str_next_char(word, &at);
        BUF_AUTO struct buf certain;
        typed_key_of((struct str){word.p, at}, way, &certain);
        if (!str_starts_with(buf_str(&certain), buf_str(&before)) ||
            !str_starts_with(buf_str(&whole), buf_str(&certain))) {
            fail_msg("%.*s: %s, then %s, whole %s", (int)at, word.p, buf_text(&before), buf_text(&certain),
                     buf_text(&whole));
        }
        buf_clear(&before);
        buf_add(&before, buf_str(&certain));
    }
}

static void check_match(const char *kana, struct str word, bool expected)
{
    BUF_AUTO struct buf key;
    key_of_kana(kana, &key);
    bool found = has_key(word, ROMAJI_FIRST_WAY, buf_str(&key)) || has_key(word, ROMAJI_SECOND_WAY, buf_str(&key));
    if (found != expected) {
        BUF_AUTO struct buf text;
        key_of(word, ROMAJI_FIRST_WAY, &text);
        fail_msg("%.*s %s %s (%s, %s)", (int)word.n, word.p, expected ? "misses" : "finds", kana, buf_text(&text),
                 buf_text(&key));
    }
    check_typing(word, ROMAJI_FIRST_WAY);
    check_typing(word, ROMAJI_SECOND_WAY);
}

// Words parted by blanks; each also in capitals and folded.
static void check_words(const char *kana, const char *words, bool expected)
{
    struct str rest = str_of(words);
    while (rest.p != NULL && rest.n > 0) {
        struct str word = str_cut(&rest, ' ');
        char capitals[TEXT_MOST];
        BUF_AUTO struct buf folded;
        assert_true(word.n > 0 && word.n < sizeof capitals);
        for (size_t i = 0; i < word.n; i++) {
            capitals[i] = (char)(word.p[i] >= 'a' && word.p[i] <= 'z' ? word.p[i] - 32 : word.p[i]);
        }
        capitals[word.n] = '\0';
        fold(capitals, &folded);
        assert_true(romaji_is_latin(word));
        check_match(kana, word, expected);
        check_match(kana, (struct str){capitals, word.n}, expected);
        check_match(kana, buf_str(&folded), expected);
    }
}

// --- the table ---------------------------------------------------------------

static void check_row(const struct romaji_row *row)
{
    struct str rest = str_of(row->forms);
    assert_true(rest.n > 0);
    while (rest.p != NULL) {
        struct str form = str_cut(&rest, ' ');
        char kana[TEXT_MOST];
        char word[TEXT_MOST];
        (void)snprintf(kana, sizeof kana, "アサ%sキタ", row->kana);
        (void)snprintf(word, sizeof word, "asa%.*skita", (int)form.n, form.p);
        check_words(kana, word, true);
        // An h after o is an h; u after o is length, whatever it stands for.
        if (form.p[0] != 'u') {
            (void)snprintf(kana, sizeof kana, "コ%s", row->kana);
            (void)snprintf(word, sizeof word, "ko%.*s", (int)form.n, form.p);
            check_words(kana, word, true);
        }
        if (strchr("aiueonywr'", form.p[0]) == NULL) {
            (void)snprintf(kana, sizeof kana, "アッ%s", row->kana);
            (void)snprintf(word, sizeof word, "a%c%.*s", form.p[0], (int)form.n, form.p);
            check_words(kana, word, true);
        }
    }
}

static void every_letter_has_its_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROMAJI_SINGLES; i++) {
        size_t at = 0;
        assert_int_equal(str_next_char(str_of(romaji_singles[i].kana), &at), 0x30a1 + i);
        assert_int_equal(romaji_singles[i].kana[at], '\0');
        if (strcmp(romaji_singles[i].kana, "ッ") != 0) {
            check_row(&romaji_singles[i]);
        }
    }
}

static void every_pair_has_its_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < romaji_pair_count; i++) {
        assert_int_equal(strlen(romaji_pairs[i].kana), ROMAJI_PAIR_BYTES);
        assert_true(i == 0 || strcmp(romaji_pairs[i - 1].kana, romaji_pairs[i].kana) < 0);
        check_row(&romaji_pairs[i]);
    }
}

// The chart once more, from the notifications: a row of kana and its columns a i u e o (or ya yu yo), by scheme.
static void the_chart_of_each_scheme(void **state)
{
    (void)state;
    static const char *const rows[][4] = {
        {"ア イ ウ エ オ", "a i u e o", "a i u e o", "a i u e o"},
        {"カ キ ク ケ コ", "ka ki ku ke ko", "ka ki ku ke ko", "ka ki ku ke ko"},
        {"サ シ ス セ ソ", "sa shi su se so", "sa si su se so", "sa si su se so"},
        {"タ チ ツ テ ト", "ta chi tsu te to", "ta ti tu te to", "ta ti tu te to"},
        {"ナ ニ ヌ ネ ノ", "na ni nu ne no", "na ni nu ne no", "na ni nu ne no"},
        {"ハ ヒ フ ヘ ホ", "ha hi fu he ho", "ha hi hu he ho", "ha hi hu he ho"},
        {"マ ミ ム メ モ", "ma mi mu me mo", "ma mi mu me mo", "ma mi mu me mo"},
        {"ヤ ユ ヨ", "ya yu yo", "ya yu yo", "ya yu yo"},
        {"ラ リ ル レ ロ", "ra ri ru re ro", "ra ri ru re ro", "ra ri ru re ro"},
        {"ワ ヰ ヱ ヲ ン", "wa i e o n", "wa i e o n", "wa wi we wo n"},
        {"ガ ギ グ ゲ ゴ", "ga gi gu ge go", "ga gi gu ge go", "ga gi gu ge go"},
        {"ザ ジ ズ ゼ ゾ", "za ji zu ze zo", "za zi zu ze zo", "za zi zu ze zo"},
        {"ダ ヂ ヅ デ ド", "da ji zu de do", "da zi zu de do", "da di du de do"},
        {"バ ビ ブ ベ ボ", "ba bi bu be bo", "ba bi bu be bo", "ba bi bu be bo"},
        {"パ ピ プ ペ ポ", "pa pi pu pe po", "pa pi pu pe po", "pa pi pu pe po"},
        {"キャ キュ キョ", "kya kyu kyo", "kya kyu kyo", "kya kyu kyo"},
        {"シャ シュ ショ", "sha shu sho", "sya syu syo", "sya syu syo"},
        {"チャ チュ チョ", "cha chu cho", "tya tyu tyo", "tya tyu tyo"},
        {"ニャ ニュ ニョ", "nya nyu nyo", "nya nyu nyo", "nya nyu nyo"},
        {"ヒャ ヒュ ヒョ", "hya hyu hyo", "hya hyu hyo", "hya hyu hyo"},
        {"ミャ ミュ ミョ", "mya myu myo", "mya myu myo", "mya myu myo"},
        {"リャ リュ リョ", "rya ryu ryo", "rya ryu ryo", "rya ryu ryo"},
        {"ギャ ギュ ギョ", "gya gyu gyo", "gya gyu gyo", "gya gyu gyo"},
        {"ジャ ジュ ジョ", "ja ju jo", "zya zyu zyo", "zya zyu zyo"},
        {"ヂャ ヂュ ヂョ", "ja ju jo", "zya zyu zyo", "dya dyu dyo"},
        {"ビャ ビュ ビョ", "bya byu byo", "bya byu byo", "bya byu byo"},
        {"ピャ ピュ ピョ", "pya pyu pyo", "pya pyu pyo", "pya pyu pyo"},
        {"クヮ グヮ", "kwa gwa", "kwa gwa", "kwa gwa"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t scheme = 1; scheme < 4; scheme++) {
            struct str kana = str_of(rows[i][0]);
            struct str forms = str_of(rows[i][scheme]);
            while (kana.p != NULL) {
                struct str letter = str_cut(&kana, ' ');
                struct str form = str_cut(&forms, ' ');
                char text[TEXT_MOST];
                char word[TEXT_MOST];
                (void)snprintf(text, sizeof text, "タ%.*s", (int)letter.n, letter.p);
                (void)snprintf(word, sizeof word, "ta%.*s", (int)form.n, form.p);
                check_words(text, word, true);
            }
            assert_null(forms.p);
        }
    }
}

// --- names -------------------------------------------------------------------

static const char *const names[][3] = {
    {"オオノ", "Ono Ohno Oono Ōno Ôno Ouno ōno Oōno", "Onno Ano Onoe Uno"},
    {"オノ", "Ono", "Onno Ona"},
    {"ホンマ", "Homma Honma Hon'ma", "Homa Homa Honna"},
    {"ハッチョウ", "Hatcho Hachcho Haccho Hatchō Hatchou Hattyo Hattyô Hatchoh", "Hacho Hatto Hatchiyo"},
    {"シンイチ", "Shin'ichi Shinichi Shin-ichi Sin'iti Siniti Sinniti Shinnichi Shin’ichi", "Shiichi Shinchi"},
    {"シンニチ", "Shinnichi Sinniti", "Shinichi Siniti"},
    {"コンヤ", "Kon'ya Konya Kon-ya Konnya", "Kona Kouya"},
    {"コニャ", "Konya", "Koniya"},
    {"コウノ", "Kono Kouno Kōno Kôno Kohno Koono", "Konno Kuno"},
    {"コンノ", "Konno Kon'no", "Kono Kohno"},
    {"カンノ", "Kanno", "Kano"},
    {"カノウ", "Kano Kanou Kanō Kanoh Kanô", "Kanno"},
    {"サトウ", "Sato Satou Satō Satoh Satô Satoo SATO", "Satto Saito"},
    {"サイトウ", "Saito Saitou Saitō Saitoh", "Sato Saitto"},
    {"イトウ", "Ito Itoh Itou Itō", "Itto"},
    {"カトウ", "Kato Katoh Katou Katō", "Katto Kado"},
    {"ゴトウ", "Goto Gotoh Gotou Gotō", "Godo"},
    {"エンドウ", "Endo Endoh Endou Endō", "Ento"},
    {"コンドウ", "Kondo Kondoh Kondou", "Kodo"},
    {"クドウ", "Kudo Kudoh Kudou", ""},
    {"スズキ", "Suzuki Suduki", "Susuki Sudzukki"},
    {"タカハシ", "Takahashi Takahasi", "Takahachi Takabashi"},
    {"タナカ", "Tanaka", "Tanka Tannaka"},
    {"ワタナベ", "Watanabe", "Watabe Uatanabe Vatanabe"},
    {"ヤマモト", "Yamamoto", "Yamamotto Yamanoto"},
    {"ナカムラ", "Nakamura", "Nakanura"},
    {"コバヤシ", "Kobayashi Kobayasi", "Kohayashi"},
    {"ヨシダ", "Yoshida Yosida", "Yoshita"},
    {"マツモト", "Matsumoto Matumoto", "Masumoto"},
    {"イノウエ", "Inoue Inōe", "Inue"},
    {"キムラ", "Kimura", "Kinura"},
    {"ハヤシ", "Hayashi Hayasi", "Hyashi"},
    {"シミズ", "Shimizu Simizu Simidu Shimidzu", "Shimisu"},
    {"ヤマザキ", "Yamazaki", "Yamasaki"},
    {"モリ", "Mori", ""},
    {"アベ", "Abe", "Anbe Ambe"},
    {"イケダ", "Ikeda", "Iketa"},
    {"ハシモト", "Hashimoto Hasimoto", "Hachimoto"},
    {"イシカワ", "Ishikawa Isikawa", "Ishigawa Ishikaua"},
    {"マエダ", "Maeda", "Maita"},
    {"フジタ", "Fujita Huzita Fuzita Hujita", "Fugita Fushita"},
    {"オカダ", "Okada", "Ogata"},
    {"オガワ", "Ogawa", "Okawa"},
    {"オオカワ", "Okawa Ohkawa Ookawa Ōkawa", "Ogawa"},
    {"ハセガワ", "Hasegawa", "Hasekawa"},
    {"ムラカミ", "Murakami", "Nurakami"},
    {"イシイ", "Ishii Isii Ishī Isî", "Ishi"},
    {"イシ", "Ishi Isi", "Itchi"},
    {"イイダ", "Iida Īda Îda", "Ida"},
    {"イダ", "Ida", "Ita"},
    {"サカモト", "Sakamoto", "Sakamotto"},
    {"ニイガタ", "Niigata Nîgata", "Nigata"},
    {"ニーナ", "Nina Niina Nīna Nîna", "Ninna Nena"},
    {"マリー", "Mari Marī Marii", ""},
    {"アーサー", "Asa Āsā Aasaa", "Assa"},
    {"ケイコ", "Keiko", "Keko Kekko"},
    {"ケーコ", "Keko Kēko Keeko", "Kekko"},
    {"タケイ", "Takei", "Take"},
    {"ユウキ", "Yuki Yuuki Yūki Yûki Yuhki", "Yukki Yoki"},
    {"ユキ", "Yuki", "Yukki"},
    {"ユウイチ", "Yuichi Yūichi Yuuichi Yu'ichi Yûiti", "Yuchi"},
    {"コウイチ", "Koichi Kouichi Kōichi Kohichi Kôiti Ko-ichi", "Kochi Kouchi"},
    {"ヨウイチ", "Yoichi Yohichi Youichi", "Yochi"},
    {"コウヘイ", "Kohei Kouhei Kōhei Kohhei", "Koei"},
    {"コウエイ", "Koei Kouei Kōei", "Kohei"},
    {"ジュンイチロウ", "Jun'ichiro Junichiro Jun-ichirou Zyun'itirô Jyunichiroh Jun'ichirō Junnichiro", "Jichiro"},
    {"シュンスケ", "Shunsuke Syunsuke", "Shinsuke"},
    {"ショウタ", "Shota Shouta Shōta Syôta Shohta Syouta", "Shotta"},
    {"リョウ", "Ryo Ryou Ryō Ryoh Ryô Lyo", "Riyo Rio"},
    {"リヨ", "Riyo", "Ryo"},
    {"キョウコ", "Kyoko Kyouko Kyōko Kyôko Kyohko", "Kiyoko"},
    {"キヨコ", "Kiyoko", "Kyoko"},
    {"チヨ", "Chiyo Tiyo", "Cho Tyo"},
    {"チョウ", "Cho Chou Chō Tyô Cyo", "Chiyo"},
    {"ジョウジ", "Joji Jouji Jōji Zyôzi Jyoji Johji", "Jiji Joshi"},
    {"リュウイチ", "Ryuichi Ryūichi Ryuuichi", "Ruichi"},
    {"ケンイチ", "Ken'ichi Kenichi Kennichi Ken-ichi Ken'iti Keniti", "Keichi"},
    {"ジュンヤ", "Jun'ya Junya Zyun'ya Jyunya", "Juya"},
    {"シンヤ", "Shin'ya Shinya Sin'ya Shinnya", "Shiya"},
    {"ケンエイ", "Ken'ei Kenei", ""},
    {"ナンバ", "Namba Nanba", "Naba"},
    {"ジュンペイ", "Jumpei Junpei Zyunpei Jyunpei", "Jupei"},
    {"シンペイ", "Shimpei Shinpei Sinpei", "Shippei"},
    {"サンペイ", "Sampei Sanpei", "Sappei"},
    {"グンジ", "Gunji Gunzi", "Guji"},
    {"カンバヤシ", "Kambayashi Kanbayashi Kanbayasi", "Kabayashi"},
    {"ハットリ", "Hattori", "Hatori"},
    {"ハトリ", "Hatori", "Hattori"},
    {"キッカワ", "Kikkawa", "Kikawa"},
    {"ベップ", "Beppu", "Bepu"},
    {"イッシキ", "Isshiki Issiki", "Ishiki"},
    {"ホッタ", "Hotta", "Hota"},
    {"ニッタ", "Nitta", "Nita"},
    {"ミッツ", "Mittsu Mittu", "Mitsu"},
    {"ミツ", "Mitsu Mitu", "Mittsu"},
    {"エッチュウ", "Etchu Etchū Ecchu Ettyû Etchuu", "Echu"},
    {"ホッチ", "Hotchi Hocchi Hotti", "Hochi"},
    {"テッペイ", "Teppei", "Tepei"},
    {"イッペイ", "Ippei", "Ipei"},
    {"オオタ", "Ota Ohta Oota Ōta Ôta", "Otta"},
    {"オオハシ", "Ohashi Oohashi Ōhashi Ôhasi Ohhashi", "Ohachi"},
    {"オオイシ", "Oishi Ohishi Ooishi Ōishi Ôisi", "Osshi Oshi"},
    {"オオウチ", "Ouchi Oouchi Ōuchi Ohuchi Ôuti Ohuti", "Ofuchi Ouji"},
    {"オオエ", "Oe Ooe Ōe Ohe", "Oke"},
    {"オオイ", "Oi Ooi Ōi Ohi", "Oki"},
    {"オオヤマ", "Oyama Ohyama Ooyama Ōyama", "Omiyama"},
    {"オヤマ", "Oyama", "Onyama"},
    {"オハラ", "Ohara", "Onara Orara"},
    {"オオハラ", "Ohara Oohara Ohhara Ōhara", "Onara"},
    {"オフチ", "Ofuchi Ohuti Ohuchi", "Obuchi"},
    {"トオル", "Toru Tohru Tooru Tōru Tôru Touru", "Torru"},
    {"トール", "Toru Tohru Tooru Tōru", "Torru"},
    {"カヲル", "Kaoru Kaworu", "Kauru"},
    {"カオリ", "Kaori", "Kauri"},
    {"キヱ", "Kie Kiwe", "Ke"},
    {"ヤヱ", "Yae Yawe", "Ye"},
    {"コヅエ", "Kozue Kodue Kodzue", "Kosue"},
    {"ミカヅキ", "Mikazuki Mikaduki Mikadzuki", "Mikatsuki"},
    {"ハナヂ", "Hanaji Hanazi Hanadi", "Hanachi"},
    {"フクダ", "Fukuda Hukuda", "Hakuda Fukuta"},
    {"フミオ", "Fumio Humio", "Hamio"},
    {"ツヨシ", "Tsuyoshi Tuyosi Tsuyosi", "Suyoshi"},
    {"ツツミ", "Tsutsumi Tutumi", "Tsusumi"},
    {"ミツイ", "Mitsui Mitui", "Misui"},
    {"マツウラ", "Matsuura Matuura Matsūra Matsura", "Masura"},
    {"タカアキ", "Takaaki Takâki Takāki", "Takaki"},
    {"タカキ", "Takaki", "Takakki"},
    {"ジロウ", "Jiro Jirou Jirō Ziro Zirô Jiroh", "Chiro"},
    {"タロウ", "Taro Tarou Tarō Tarô Taroh", "Tarro"},
    {"チエ", "Chie Tie", "Shie"},
    {"シエ", "Shie Sie", "Chie"},
    {"チェ", "Che Tye Chie", "Cho"},
    {"シェリー", "Sheri Sherī Sherii Syeri Shieri", "Seri"},
    {"ジェーン", "Jen Jeen Jēn Zyen Jien", "Zen"},
    {"ファビオ", "Fabio Fuabio", "Habio"},
    {"フィリップ", "Firippu Fuirippu Filippu", "Hirippu"},
    {"ティナ", "Tina Thina", "Tena"},
    {"ディアナ", "Diana Dhiana", "Deana"},
    {"ヴィクター", "Vikuta Bikuta Vikutā", "Fikuta"},
    {"ヴァン", "Van Ban", "Fan"},
    {"ウィリアム", "Wiriamu Uiriamu", "Iriamu"},
    {"ウエダ", "Ueda", "Eda"},
    {"ウイ", "Ui", "I"},
    {"ユイ", "Yui", "Yu I"},
    {"アオイ", "Aoi", "Ai"},
    {"アンナ", "Anna", "Ana"},
    {"アナ", "Ana", "Anna"},
    {"マイ", "Mai", "Ma"},
    {"ヤエカシ", "Yaekashi Yaekasi", "Yaikashi"},
    {"クヮンノン", "Kwannon", "Kannon"},
    {"オヽノ", "Ono Ohno Oono", "Onno"},
    {"ミスヾ", "Misuzu Misuzu", "Misusu"},
    {"ジョン・スミス", "Jonsumisu", "Jon"},
    {"キム", "Kimu", "Kim"},
    {"さとう", "Sato", "Saito"},
    {"ｽｽﾞｷ", "Suzuki", "Susuki"},
};

static void names_are_found(void **state)
{
    (void)state;
    assert_true(sizeof names / sizeof names[0] > 100);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        check_words(names[i][0], names[i][1], true);
        check_words(names[i][0], names[i][2], false);
    }
}

static void what_is_latin(void **state)
{
    (void)state;
    static const char *const yes[] = {"a",         "Ono",      "Ōno",    "Ôno",   "O\u0304no",
                                      "Shin'ichi", "Jun-ichi", "KON’YA", "Kōichi"};
    static const char *const no[] = {"",    "'",        "-",    "\u0304", "大野", "オオノ", "Ono2",
                                     "Muß", "Ono Taro", "Ono,", "T.",     "１",   "Ｏｎｏ", "Жuk"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        assert_true(romaji_is_latin(str_of(yes[i])));
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        if (romaji_is_latin(str_of(no[i]))) {
            fail_msg("%s is not Latin", no[i]);
        }
    }
    check_words("オオノ", "O\u0304no o\u0302no", true);
}

// --- any letters -------------------------------------------------------------

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static size_t random_word(uint32_t *seed, const char *letters, char text[TEXT_MOST])
{
    struct str alphabet = str_of(letters);
    size_t n = 0;
    for (uint32_t length = 1 + next_random(seed) % 10; length > 0; length--) {
        text[n++] = alphabet.p[next_random(seed) % alphabet.n];
    }
    return n;
}

static void typing_never_widens(void **state)
{
    (void)state;
    static const char *const alphabets[] = {"abcdefghijklmnopqrstuvwxyz", "aiueohmnytsdzjwkr'", "oh", "aeiouy-wnm",
                                            "dzjtschiuy"};
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[TEXT_MOST];
        struct str word = {text, random_word(&seed, alphabets[round % 5], text)};
        check_typing(word, ROMAJI_FIRST_WAY);
        check_typing(word, ROMAJI_SECOND_WAY);
    }
}

static void one_letter_says_something(void **state)
{
    (void)state;
    for (char c = 'a'; c <= 'z'; c++) {
        for (int way = 0; way < ROMAJI_WAYS; way++) {
            BUF_AUTO struct buf key;
            typed_key_of((struct str){&c, 1}, (enum romaji_way)way, &key);
            assert_true(key.n > 0);
        }
    }
}

// A reading's key is what its Hepburn form gives, whatever stands side by side.
static void any_reading(void **state)
{
    (void)state;
    uint32_t seed = 11;
    for (int round = 0; round < 20000; round++) {
        char kana[TEXT_MOST] = "";
        char word[TEXT_MOST] = "";
        size_t at = 0;
        size_t n = 0;
        for (uint32_t length = 1 + next_random(&seed) % 5; length > 0; length--) {
            bool pair = next_random(&seed) % 4 == 0;
            const struct romaji_row *row = pair ? &romaji_pairs[next_random(&seed) % romaji_pair_count]
                                                : &romaji_singles[next_random(&seed) % ROMAJI_SINGLES];
            if (strstr("ァィゥェォッャュョヮ", row->kana) != NULL) {
                continue;
            }
            at += (size_t)snprintf(kana + at, sizeof kana - at, "%s", row->kana);
            n += (size_t)snprintf(word + n, sizeof word - n, "%.*s", (int)strcspn(row->forms, " "), row->forms);
        }
        BUF_AUTO struct buf key;
        key_of_kana(kana, &key);
        assert_true(has_key((struct str){word, n}, ROMAJI_FIRST_WAY, buf_str(&key)));
    }
}

static void hostile_text(void **state)
{
    (void)state;
    static const char *const units[] = {"'",      "-", "o", "h",  "oh", "m",  "n",  "j",  "w", "d",
                                        "\u0304", "ō", "ｶ", "ッ", "ヽ", "ー", "ズ", "𠮷", "1"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        BUF_AUTO struct buf text;
        buf_init(&text, KEY_MOST);
        while (text.n < 4096) {
            buf_add_text(&text, units[i]);
        }
        for (int way = 0; way < ROMAJI_WAYS; way++) {
            BUF_AUTO struct buf key;
            BUF_AUTO struct buf typed;
            key_of(buf_str(&text), (enum romaji_way)way, &key);
            typed_key_of(buf_str(&text), (enum romaji_way)way, &typed);
            assert_true(str_starts_with(buf_str(&key), buf_str(&typed)));
        }
        BUF_AUTO struct buf key;
        key_of_kana(buf_text(&text), &key);
    }
}

static void nothing_and_nul(void **state)
{
    (void)state;
    BUF_AUTO struct buf key;
    key_of(STR(""), ROMAJI_FIRST_WAY, &key);
    assert_int_equal(key.n, 0);
    assert_true(has_key(STR("''-'"), ROMAJI_FIRST_WAY, STR("")));
    assert_true(has_key(STR("o\0no"), ROMAJI_FIRST_WAY, STR("ono")));
    assert_true(has_key(STR("a1b漢"), ROMAJI_FIRST_WAY, STR("a1b漢")));
    assert_int_equal(romaji_key_of_kana(STR("山ー\0オノ"), &key), ERR_OK);
    assert_string_equal(buf_text(&key), "山ーono");
}

static void it_says_when_full(void **state)
{
    (void)state;
    BUF_AUTO struct buf key;
    buf_init(&key, 3);
    assert_int_equal(romaji_key(STR("ono"), ROMAJI_FIRST_WAY, &key), ERR_OK);
    assert_int_equal(romaji_key(STR("o"), ROMAJI_FIRST_WAY, &key), ERR_MEMORY);
    assert_int_equal(romaji_key_typed(STR("o"), ROMAJI_FIRST_WAY, &key), ERR_MEMORY);
    assert_int_equal(romaji_key_of_kana(STR("オ"), &key), ERR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_has_its_row),
        cmocka_unit_test(every_pair_has_its_row),
        cmocka_unit_test(the_chart_of_each_scheme),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(what_is_latin),
        cmocka_unit_test(typing_never_widens),
        cmocka_unit_test(one_letter_says_something),
        cmocka_unit_test(any_reading),
        cmocka_unit_test(hostile_text),
        cmocka_unit_test(nothing_and_nul),
        cmocka_unit_test(it_says_when_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

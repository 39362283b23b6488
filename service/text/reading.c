// The keys of a reading: see reading.h. One pass over the letters; what a letter becomes depends on the table below, on
// the key's last letter, and for ヴ on the next.
#include "text/reading.h"

#include "text/kana.h"

struct letter {
    uint16_t strict;
    uint16_t loose;
    char vowel; // 0: none (ン)
};

// From ァ to ヺ, in the order of Unicode.
static const struct letter letters[KANA_LAST - KANA_FIRST + 1] = {
    {u'ア', u'ア', 'a'}, // ァ
    {u'ア', u'ア', 'a'}, // ア
    {u'イ', u'イ', 'i'}, // ィ
    {u'イ', u'イ', 'i'}, // イ
    {u'ウ', u'ウ', 'u'}, // ゥ
    {u'ウ', u'ウ', 'u'}, // ウ
    {u'エ', u'エ', 'e'}, // ェ
    {u'エ', u'エ', 'e'}, // エ
    {u'オ', u'オ', 'o'}, // ォ
    {u'オ', u'オ', 'o'}, // オ
    {u'カ', u'カ', 'a'}, // カ
    {u'ガ', u'カ', 'a'}, // ガ
    {u'キ', u'キ', 'i'}, // キ
    {u'ギ', u'キ', 'i'}, // ギ
    {u'ク', u'ク', 'u'}, // ク
    {u'グ', u'ク', 'u'}, // グ
    {u'ケ', u'ケ', 'e'}, // ケ
    {u'ゲ', u'ケ', 'e'}, // ゲ
    {u'コ', u'コ', 'o'}, // コ
    {u'ゴ', u'コ', 'o'}, // ゴ
    {u'サ', u'サ', 'a'}, // サ
    {u'ザ', u'サ', 'a'}, // ザ
    {u'シ', u'シ', 'i'}, // シ
    {u'ジ', u'シ', 'i'}, // ジ
    {u'ス', u'ス', 'u'}, // ス
    {u'ズ', u'ス', 'u'}, // ズ
    {u'セ', u'セ', 'e'}, // セ
    {u'ゼ', u'セ', 'e'}, // ゼ
    {u'ソ', u'ソ', 'o'}, // ソ
    {u'ゾ', u'ソ', 'o'}, // ゾ
    {u'タ', u'タ', 'a'}, // タ
    {u'ダ', u'タ', 'a'}, // ダ
    {u'チ', u'チ', 'i'}, // チ
    {u'ジ', u'チ', 'i'}, // ヂ
    {u'ツ', u'ツ', 'u'}, // ッ
    {u'ツ', u'ツ', 'u'}, // ツ
    {u'ズ', u'ツ', 'u'}, // ヅ
    {u'テ', u'テ', 'e'}, // テ
    {u'デ', u'テ', 'e'}, // デ
    {u'ト', u'ト', 'o'}, // ト
    {u'ド', u'ト', 'o'}, // ド
    {u'ナ', u'ナ', 'a'}, // ナ
    {u'ニ', u'ニ', 'i'}, // ニ
    {u'ヌ', u'ヌ', 'u'}, // ヌ
    {u'ネ', u'ネ', 'e'}, // ネ
    {u'ノ', u'ノ', 'o'}, // ノ
    {u'ハ', u'ハ', 'a'}, // ハ
    {u'バ', u'ハ', 'a'}, // バ
    {u'パ', u'ハ', 'a'}, // パ
    {u'ヒ', u'ヒ', 'i'}, // ヒ
    {u'ビ', u'ヒ', 'i'}, // ビ
    {u'ピ', u'ヒ', 'i'}, // ピ
    {u'フ', u'フ', 'u'}, // フ
    {u'ブ', u'フ', 'u'}, // ブ
    {u'プ', u'フ', 'u'}, // プ
    {u'ヘ', u'ヘ', 'e'}, // ヘ
    {u'ベ', u'ヘ', 'e'}, // ベ
    {u'ペ', u'ヘ', 'e'}, // ペ
    {u'ホ', u'ホ', 'o'}, // ホ
    {u'ボ', u'ホ', 'o'}, // ボ
    {u'ポ', u'ホ', 'o'}, // ポ
    {u'マ', u'マ', 'a'}, // マ
    {u'ミ', u'ミ', 'i'}, // ミ
    {u'ム', u'ム', 'u'}, // ム
    {u'メ', u'メ', 'e'}, // メ
    {u'モ', u'モ', 'o'}, // モ
    {u'ヤ', u'ヤ', 'a'}, // ャ
    {u'ヤ', u'ヤ', 'a'}, // ヤ
    {u'ユ', u'ユ', 'u'}, // ュ
    {u'ユ', u'ユ', 'u'}, // ユ
    {u'ヨ', u'ヨ', 'o'}, // ョ
    {u'ヨ', u'ヨ', 'o'}, // ヨ
    {u'ラ', u'ラ', 'a'}, // ラ
    {u'リ', u'リ', 'i'}, // リ
    {u'ル', u'ル', 'u'}, // ル
    {u'レ', u'レ', 'e'}, // レ
    {u'ロ', u'ロ', 'o'}, // ロ
    {u'ワ', u'ワ', 'a'}, // ヮ
    {u'ワ', u'ワ', 'a'}, // ワ
    {u'イ', u'イ', 'i'}, // ヰ
    {u'エ', u'エ', 'e'}, // ヱ
    {u'オ', u'オ', 'o'}, // ヲ
    {u'ン', u'ン', 0},   // ン
    {u'ブ', u'フ', 'u'}, // ヴ
    {u'カ', u'カ', 'a'}, // ヵ
    {u'ケ', u'ケ', 'e'}, // ヶ
    {u'バ', u'ハ', 'a'}, // ヷ
    {u'ビ', u'ヒ', 'i'}, // ヸ
    {u'ベ', u'ヘ', 'e'}, // ヹ
    {u'ボ', u'ホ', 'o'}, // ヺ
};

struct pass {
    struct str text;
    size_t at;
    struct buf *out;
    bool loose;
    uint32_t last; // the key's last letter; 0 at the start and after what is no kana
};

static const struct letter *letter_of(uint32_t kana)
{
    return &letters[kana - KANA_FIRST];
}

static void put(struct pass *pass, uint32_t c)
{
    char bytes[4];
    buf_add(pass->out, (struct str){bytes, str_put_char(bytes, c)});
}

static char last_vowel(const struct pass *pass)
{
    return kana_is_letter(pass->last) ? letter_of(pass->last)->vowel : 0;
}

static void put_letter(struct pass *pass, uint32_t kana)
{
    const struct letter *letter = letter_of(kana);
    uint32_t c = pass->loose ? letter->loose : letter->strict;
    if (c == u'ウ' && last_vowel(pass) == 'o') {
        c = u'オ';
    } else if (c == u'イ' && last_vowel(pass) == 'e') {
        c = u'エ';
    }
    put(pass, c);
    pass->last = c;
}

static uint32_t peek(const struct pass *pass)
{
    size_t at = pass->at;
    return at < pass->text.n ? str_next_char(pass->text, &at) : 0;
}

static void skip(struct pass *pass)
{
    (void)str_next_char(pass->text, &pass->at);
}

// ヴァ is one mora, バ: the letter for the vowel is used up. ヴャ is two letters, ビ and ヤ.
static void put_vu(struct pass *pass)
{
    static const uint16_t rows[][2] = {{u'ァ', u'バ'}, {u'ィ', u'ビ'}, {u'ェ', u'ベ'}, {u'ォ', u'ボ'},
                                       {u'ア', u'バ'}, {u'イ', u'ビ'}, {u'エ', u'ベ'}, {u'オ', u'ボ'}};
    uint32_t next = peek(pass);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i][0] == next) {
            skip(pass);
            put_letter(pass, rows[i][1]);
            return;
        }
    }
    put_letter(pass, next == u'ャ' || next == u'ュ' || next == u'ョ' ? u'ビ' : u'ブ');
}

static void put_long(struct pass *pass)
{
    switch (last_vowel(pass)) {
    case 'a':
        put_letter(pass, u'ア');
        break;
    case 'i':
        put_letter(pass, u'イ');
        break;
    case 'u':
        put_letter(pass, u'ウ');
        break;
    case 'e':
        put_letter(pass, u'エ');
        break;
    case 'o':
        put_letter(pass, u'オ');
        break;
    default:
        break;
    }
}

static void put_sign(struct pass *pass, uint32_t c)
{
    bool after_kana = pass->last != 0;
    if (after_kana && kana_is_long_mark(c)) {
        put_long(pass);
    } else if (after_kana && c == KANA_REPEAT) {
        put_letter(pass, pass->last);
    } else if (after_kana && c == KANA_REPEAT_VOICED) {
        put_letter(pass, kana_voiced(pass->last));
    } else if (!after_kana || !kana_is_silent(c)) {
        put(pass, c);
        pass->last = 0;
    }
}

static void take(struct pass *pass)
{
    uint32_t c = kana_widen(str_next_char(pass->text, &pass->at));
    if (c == KANA_VU) {
        put_vu(pass);
    } else if (kana_is_letter(c)) {
        put_letter(pass, c);
    } else {
        put_sign(pass, c);
    }
}

static enum err run(struct pass pass)
{
    while (pass.at < pass.text.n) {
        take(&pass);
    }
    return buf_failed(pass.out) ? ERR_MEMORY : ERR_OK;
}

enum err reading_key(struct str folded_kana, struct buf *out)
{
    return run((struct pass){.text = folded_kana, .out = out});
}

enum err reading_loose_key(struct str folded_kana, struct buf *out)
{
    return run((struct pass){.text = folded_kana, .out = out, .loose = true});
}

struct str reading_certain(struct str folded_kana)
{
    struct str vu = STR("ヴ");
    size_t n = folded_kana.n;
    bool open = n >= vu.n && str_equal((struct str){folded_kana.p + n - vu.n, vu.n}, vu);
    return open ? (struct str){folded_kana.p, n - vu.n} : folded_kana;
}

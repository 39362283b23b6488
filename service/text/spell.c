// The speller: see spell.h.
//
// The key's spelling is chosen so that one letter more can only lengthen it: what begins alike in any scheme begins
// alike in the key. sh and s are s, ch and t are t, f and fu are hu, ts and tsu are tu, z and j are dz (di and du are
// ジ and ヅ), w is u (wa is uwa, wi is ui). Letters that the next one decides (h, m, n, y, w in places) wait for it.
#include "text/spell.h"

#include <string.h>

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool spell_is_vowel(char c)
{
    return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

bool spell_is_consonant(char c)
{
    return is_letter(c) && !spell_is_vowel(c);
}

static bool is_one_of(char c, const char *letters)
{
    return c != 0 && strchr(letters, c) != NULL;
}

static void put(struct speller *s, char c)
{
    buf_add_char(s->out, c);
    s->last = c;
    s->length++;
}

// ja is jya, je is jie: シェ and シエ are one.
static void put_glide(struct speller *s, char vowel, bool palatal)
{
    if (palatal && vowel != 'i') {
        put(s, vowel == 'e' ? 'i' : 'y');
    } else if (s->previous == 'w' && vowel == 'a') {
        put(s, 'w');
    }
}

static bool is_long(const struct speller *s, char vowel)
{
    bool short_by_rule = (s->last == 'o' && (vowel == 'o' || vowel == 'u')) || (s->last == 'u' && vowel == 'u');
    return short_by_rule || (s->way == ROMAJI_SECOND_WAY && s->last == vowel);
}

static void put_vowel(struct speller *s, bool palatal)
{
    put_glide(s, s->current, palatal);
    if (!is_long(s, s->current)) {
        put(s, s->current);
    }
}

// The h of Ohishi, as long o. For a, u and e only at the start: Kohei is コウヘイ, not コウエイ.
static bool is_long_mark(const struct speller *s, char next)
{
    return s->way == ROMAJI_SECOND_WAY && s->previous == 'o' &&
           (next == 'i' || (s->length == 1 && is_one_of(next, "aue")));
}

// Satoh, Ohno, Yuhki: h after a vowel and before no vowel is length. Ohya is オオヤ; but Sahya is サヒャ.
static void put_h(struct speller *s, char next)
{
    if (is_one_of(s->previous, "sctd")) {
        s->palatal = true;
        return;
    }
    bool opens = spell_is_vowel(next) || (next == 'y' && s->previous != 'o');
    if (spell_is_vowel(s->previous) && (!opens || is_long_mark(s, next))) {
        return;
    }
    put(s, 'h');
}

static void put_z(struct speller *s)
{
    if (is_one_of(s->previous, "zj")) {
        return;
    }
    if (s->previous != 'd') {
        put(s, 'd');
    }
    put(s, 'z');
}

static void put_d(struct speller *s, char next)
{
    if (s->previous != 'd') {
        put(s, 'd');
    }
    if (is_one_of(next, "iuyhw")) {
        put(s, 'z');
    }
}

static void put_m(struct speller *s, char next)
{
    put(s, spell_is_vowel(s->previous) && is_one_of(next, "bmp") ? 'n' : 'm');
}

// Sinniti, Junnya: only before i and y, since カンノ and コンノ are names.
static void put_n(struct speller *s, char next)
{
    bool silent = s->way == ROMAJI_SECOND_WAY && s->previous == 'n' && is_one_of(next, "iy");
    if (!silent) {
        put(s, 'n');
    }
}

static void put_f(struct speller *s)
{
    if (s->previous != 'f') {
        put(s, 'h');
        put(s, 'u');
    }
}

static void put_y(struct speller *s, char next)
{
    put(s, spell_is_consonant(s->previous) && next == 'e' ? 'i' : 'y');
}

static void put_w(struct speller *s, char next)
{
    bool silent = s->way == ROMAJI_SECOND_WAY && spell_is_vowel(s->previous) && is_one_of(next, "ieo");
    if (!silent && s->previous != 'w') {
        put(s, 'u');
    }
}

static char plain(char c)
{
    switch (c) {
    case 'c':
        return 't';
    case 'l':
        return 'r';
    case 'v':
        return 'b';
    default:
        return c;
    }
}

// The next letter decides what becomes of this one.
static bool is_open(const struct speller *s)
{
    switch (s->current) {
    case 'h':
    case 'm':
        return spell_is_vowel(s->previous);
    case 'n':
        return s->way == ROMAJI_SECOND_WAY && s->previous == 'n';
    case 'y':
        return spell_is_consonant(s->previous);
    case 'w':
        return s->way == ROMAJI_SECOND_WAY && spell_is_vowel(s->previous);
    default:
        return false;
    }
}

static void put_consonant(struct speller *s, char next)
{
    switch (s->current) {
    case 'd':
        put_d(s, next);
        break;
    case 'f':
        put_f(s);
        break;
    case 'h':
        put_h(s, next);
        break;
    case 'j':
        put_z(s);
        s->palatal = true;
        break;
    case 'm':
        put_m(s, next);
        break;
    case 'n':
        put_n(s, next);
        break;
    case 's':
        put(s, s->previous == 't' ? 'u' : 's');
        break;
    case 'w':
        put_w(s, next);
        break;
    case 'y':
        put_y(s, next);
        break;
    case 'z':
        put_z(s);
        break;
    default:
        put(s, plain(s->current));
    }
}

static void step(struct speller *s, char next)
{
    bool palatal = s->palatal;
    s->palatal = false;
    if (spell_is_vowel(s->current)) {
        put_vowel(s, palatal);
    } else if (!(next == 0 && s->typed && is_open(s))) {
        put_consonant(s, next);
    }
}

void spell_letter(struct speller *s, char c)
{
    if (s->current != 0) {
        step(s, c);
    }
    s->previous = s->current;
    s->current = c;
}

void spell_char(struct speller *s, uint32_t c)
{
    char bytes[4];
    size_t n = str_put_char(bytes, c);
    for (size_t i = 0; i < n && c != 0; i++) {
        spell_letter(s, bytes[i]);
    }
}

enum err spell_end(struct speller *s)
{
    spell_letter(s, 0);
    return buf_failed(s->out) ? ERR_MEMORY : ERR_OK;
}

// Fuzzes what is made of folded text: the keys of readings and romaji, legal forms, and the forms that a search
// compares (text/reading.h, romaji.h, legal_form.h, edition/forms.h). Any bytes, of which the well-formed beginning
// counts.
#include "tests/fuzz/making.h"

#include "edition/forms.h"
#include "text/fold.h"
#include "text/kana.h"
#include "text/legal_form.h"
#include "text/reading.h"

// --- readings and romaji ---------------------------------------------------------------------------------------------

static enum err certain_key(struct str text, struct buf *out)
{
    return reading_key(reading_certain(text), out);
}

static enum err certain_loose_key(struct str text, struct buf *out)
{
    return reading_loose_key(reading_certain(text), out);
}

// Its kana, the rest left out.
static struct str kana_of(struct str folded)
{
    BUF_AUTO struct buf out;
    buf_init(&out, folded.n);
    for (size_t at = 0; at < folded.n;) {
        size_t before = at;
        if (kana_is_letter(str_next_char(folded, &at))) {
            buf_add(&out, (struct str){folded.p + before, at - before});
        }
    }
    return fuzz_keep(buf_str(&out));
}

static void check_reading(struct str folded)
{
    struct str certain = reading_certain(folded);
    must(certain.p == folded.p && certain.n <= folded.n && folded.n - certain.n <= 3);
    check_again(reading_key, make_well(reading_key, folded, folded.n * 3));
    check_again(reading_loose_key, make_well(reading_loose_key, folded, folded.n * 3));
    check_growing(certain_key, reading_key, folded);
    check_growing(certain_loose_key, reading_loose_key, folded);
    (void)make_well(romaji_key_of_kana, folded, folded.n * 3);
    struct str kana = kana_of(folded);
    (void)make_well(romaji_key_of_kana, kana, kana.n);
}

static enum err first_key(struct str word, struct buf *out)
{
    return romaji_key(word, ROMAJI_FIRST_WAY, out);
}

static enum err first_typed(struct str word, struct buf *out)
{
    return romaji_key_typed(word, ROMAJI_FIRST_WAY, out);
}

static enum err second_key(struct str word, struct buf *out)
{
    return romaji_key(word, ROMAJI_SECOND_WAY, out);
}

static enum err second_typed(struct str word, struct buf *out)
{
    return romaji_key_typed(word, ROMAJI_SECOND_WAY, out);
}

// Lower-case letters; and a macron or circumflex that stands on no vowel, which is kept.
static void check_latin_key(struct str key)
{
    must(key.n > 0);
    for (size_t at = 0; at < key.n;) {
        uint32_t c = str_next_char(key, &at);
        must((c >= 'a' && c <= 'z') || c == 0x304 || c == 0x302);
    }
}

static void check_romaji(struct str word)
{
    struct str first = make_well(first_key, word, word.n * 3);
    struct str second = make_well(second_key, word, word.n * 3);
    check_growing(first_typed, first_key, word);
    check_growing(second_typed, second_key, word);
    if (romaji_is_latin(word)) {
        check_latin_key(first);
        check_latin_key(second);
        check_latin_key(make(first_typed, word, SIZE_MAX));
        check_latin_key(make(second_typed, word, SIZE_MAX));
    }
}

// A word of romaji holds no blank, comma or dot.
static struct str word_of(struct str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && text.p[n] != ',' && text.p[n] != '.') {
        n++;
    }
    return fuzz_keep(fuzz_first(text, n));
}

// --- legal forms -----------------------------------------------------------------------------------------------------

static void check_core(struct str text, struct str core)
{
    must(core.p >= text.p && core.p + core.n <= text.p + text.n);
    must(core.n == 0 || (core.p[0] != ' ' && core.p[core.n - 1] != ' '));
    must(str_is_utf8(core));
}

static void check_cut(struct str text)
{
    struct legal_cut cut = legal_form_cut(text);
    must(cut.kinds != 0 || (str_equal(cut.core, text) && !cut.latin));
    must(cut.core.n > 0 || text.n == 0);
    must(!cut.latin || cut.core.p == text.p);
    if (cut.kinds != 0) {
        check_core(text, cut.core);
    }
}

static size_t read_typed(struct str text, struct legal_cut ways[LEGAL_CUTS_MOST])
{
    size_t n = legal_form_typed(text, ways);
    must(n < LEGAL_CUTS_MOST); // else some may have found no room
    must((n == 0) == (text.n == 0));
    for (size_t i = 0; i < n; i++) {
        check_core(text, ways[i].core);
        must(ways[i].kinds != 0);
        must((ways[i].kinds == LEGAL_ANY) == (i == 0));
        must(i > 0 || str_equal(ways[0].core, text));
        must(ways[i].core.n > 0 || !ways[i].latin);
        for (size_t j = 0; j < i; j++) {
            must(ways[i].core.p != ways[j].core.p || ways[i].core.n != ways[j].core.n);
        }
    }
    return n;
}

static struct str without_blanks(struct str text)
{
    BUF_AUTO struct buf out;
    buf_init(&out, text.n);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != ' ') {
            buf_add_char(&out, text.p[i]);
        }
    }
    return fuzz_keep(buf_str(&out));
}

static bool is_foreseen(struct legal_cut way, const struct legal_cut *before, size_t n)
{
    struct str core = without_blanks(way.core);
    for (size_t i = 0; i < n; i++) {
        if ((way.kinds & ~before[i].kinds) == 0 && str_starts_with(core, without_blanks(before[i].core))) {
            return true;
        }
    }
    return false;
}

static struct str without_last_blank(struct str text)
{
    return text.n > 0 && text.p[text.n - 1] == ' ' ? fuzz_first(text, text.n - 1) : text;
}

// One more letter never finds more.
static void check_typing(struct str text)
{
    struct legal_cut before[LEGAL_CUTS_MOST];
    size_t before_n = 0;
    size_t step = step_of(text);
    for (size_t at = 0; at < text.n;) {
        struct legal_cut ways[LEGAL_CUTS_MOST];
        skip_chars(text, &at, step);
        struct str beginning = without_last_blank(fuzz_first(text, at));
        size_t n = read_typed(beginning, ways);
        for (size_t i = 0; before_n > 0 && i < n; i++) {
            size_t mark = fuzz_kept.n;
            bool foreseen = is_foreseen(ways[i], before, before_n);
            if (!foreseen) {
                fuzz_show("typed on to", beginning);
                fuzz_show("may also be", ways[i].core);
            }
            must(foreseen);
            fuzz_forget(mark);
        }
        memcpy(before, ways, sizeof before);
        before_n = n;
    }
}

static void check_legal(struct str text)
{
    struct legal_cut ways[LEGAL_CUTS_MOST];
    struct str spaced = make(forms_add_spaced, text, SIZE_MAX);
    check_cut(spaced);
    (void)read_typed(spaced, ways);
    check_typing(without_last_blank(fuzz_clip(spaced, CLIP_CHARS)));
}

// --- forms -----------------------------------------------------------------------------------------------------------

// They are views into a buffer that was to be large enough: had it moved, they would lie elsewhere.
static void check_forms(struct str text, enum text_kind kind)
{
    BUF_AUTO struct buf out;
    struct forms forms;
    buf_init(&out, text.n * 256 + 4096);
    must(forms_make(text, kind, &out, &forms) == ERR_OK);
    for (int form = 0; form < FORM_COUNT; form++) {
        struct str view = forms.of[form];
        must(view.p == NULL || (view.p >= out.p && view.p + view.n <= out.p + out.n));
        must(str_is_utf8(view));
    }
}

// --- all -------------------------------------------------------------------------------------------------------------

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str raw = {(const char *)data, size};
    struct str text = fuzz_keep(fuzz_first(raw, str_utf8_prefix(raw)));
    struct str folded = make(fold_text, text, SIZE_MAX);
    check_reading(folded);
    check_romaji(word_of(folded));
    check_romaji(word_of(text));
    check_legal(text);
    for (int kind = TEXT_TERM; kind <= TEXT_EMPLOYER; kind++) {
        check_forms(text, (enum text_kind)kind);
    }
    fuzz_forget(0);
    return 0;
}

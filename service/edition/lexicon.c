// Building a lexicon, and its simple questions: see lexicon.h. How it is searched is in lexicon_find.c.
#include "edition/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "edition/grams.h"

static const size_t TEXTS_MOST = UINT32_MAX; // struct piece, `at`
enum { TABLE_FIRST = 1024, FORM_LONGEST = UINT16_MAX, FORMS_BYTES = 1 << 20 };

void lexicon_init(struct lexicon *lexicon, enum text_kind kind, bool many)
{
    *lexicon = (struct lexicon){.kind = kind, .many = many};
    buf_init(&lexicon->texts, TEXTS_MOST);
}

void lexicon_free(struct lexicon *lexicon)
{
    free(lexicon->entries.p);
    buf_fini(&lexicon->texts);
    free(lexicon->table);
    free(lexicon->grams);
    postings_free(&lexicon->gram_entries);
    free(lexicon->gram_pairs.p);
    free(lexicon->pairs.p);
    free(lexicon->of_row);
    free(lexicon->row_starts);
    free(lexicon->row_entries);
    postings_free(&lexicon->people);
    free(lexicon->by_romaji);
    free(lexicon->term_of);
    free(lexicon->term_entry);
    free(lexicon->term_people);
    *lexicon = (struct lexicon){0};
}

size_t lexicon_of_row(const struct lexicon *lexicon, uint32_t row, const uint32_t **entries)
{
    if (lexicon->many) {
        *entries = lexicon->row_entries + lexicon->row_starts[row];
        return lexicon->row_starts[row + 1] - lexicon->row_starts[row];
    }
    *entries = &lexicon->of_row[row];
    return lexicon->of_row[row] == VALUE_NONE ? 0 : 1;
}

// --- texts -------------------------------------------------------------------

// FNV-1a, spread once more.
static size_t place_of(struct str text, size_t size)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < text.n; i++) {
        hash = (hash ^ (unsigned char)text.p[i]) * 0x100000001b3U;
    }
    return (size_t)(hash ^ hash >> 32) & (size - 1);
}

static uint32_t *find(const struct lexicon *lexicon, struct str text)
{
    size_t at = place_of(text, lexicon->table_size);
    while (lexicon->table[at] != 0 && !str_equal(lexicon_text(lexicon, lexicon->table[at] - 1), text)) {
        at = (at + 1) & (lexicon->table_size - 1);
    }
    return &lexicon->table[at];
}

static bool grow_table(struct lexicon *lexicon)
{
    size_t size = lexicon->table_size == 0 ? TABLE_FIRST : lexicon->table_size * 2;
    uint32_t *table = calloc(size, sizeof *table);
    if (table == NULL) {
        return false;
    }
    free(lexicon->table);
    lexicon->table = table;
    lexicon->table_size = size;
    for (size_t i = 0; i < lexicon->entries.n; i++) {
        *find(lexicon, lexicon_text(lexicon, (uint32_t)i)) = (uint32_t)i + 1;
    }
    return true;
}

// A form that repeats an earlier one takes no room of its own.
static struct piece keep(struct lexicon *lexicon, const struct entry *entry, enum form form, struct str text)
{
    for (int i = 0; i < (int)form; i++) {
        struct piece piece = entry->forms[i];
        if (entry->has[i] && piece.n == text.n && memcmp(lexicon->texts.p + piece.at, text.p, text.n) == 0) {
            return piece;
        }
    }
    struct piece piece = {(uint32_t)lexicon->texts.n, (uint16_t)text.n};
    buf_add(&lexicon->texts, text);
    return piece;
}

// Adds the entry; `*skipped`: the text is nothing but blanks, so nobody can search for it.
static bool add_entry(struct lexicon *lexicon, struct str text, bool *skipped)
{
    BUF_AUTO struct buf room;
    struct forms forms;
    buf_init(&room, FORMS_BYTES);
    if (forms_make(text, lexicon->kind, &room, &forms) != ERR_OK) {
        return false;
    }
    *skipped = forms.of[FORM_EXACT].n == 0 || forms.of[FORM_UNIFIED].n == 0;
    if (*skipped) {
        return true;
    }
    struct entry entry = {.text_at = (uint32_t)lexicon->texts.n, .text_n = (uint16_t)text.n, .kinds = forms.kinds};
    buf_add(&lexicon->texts, text);
    for (int form = 0; form < FORM_COUNT; form++) {
        entry.has[form] = forms.of[form].p != NULL && forms.of[form].n > 0;
        if (forms.of[form].n > FORM_LONGEST) {
            return false;
        }
        if (entry.has[form]) {
            entry.forms[form] = keep(lexicon, &entry, (enum form)form, forms.of[form]);
        }
    }
    if (!ARRAY_GROW(&lexicon->entries)) {
        return false;
    }
    size_t longest = str_count_chars(forms.of[FORM_EXACT]);
    lexicon->longest = longest > lexicon->longest ? (uint32_t)longest : lexicon->longest;
    lexicon->entries.p[lexicon->entries.n - 1] = entry;
    return !buf_failed(&lexicon->texts);
}

bool lexicon_add(struct lexicon *lexicon, uint32_t row, struct str text)
{
    if (lexicon->entries.n * 2 >= lexicon->table_size && !grow_table(lexicon)) {
        return false;
    }
    uint32_t *at = find(lexicon, text);
    if (*at == 0) {
        bool skipped = false;
        if (text.n > FORM_LONGEST || !add_entry(lexicon, text, &skipped)) {
            return false;
        }
        if (skipped) {
            return true;
        }
        *at = (uint32_t)lexicon->entries.n;
    }
    if (!ARRAY_GROW(&lexicon->pairs)) {
        return false;
    }
    lexicon->pairs.p[lexicon->pairs.n - 1] = (struct pair){*at - 1, row};
    return true;
}

uint32_t lexicon_entry(const struct lexicon *lexicon, struct str text)
{
    uint32_t at = lexicon->table_size == 0 ? 0 : *find(lexicon, text);
    return at == 0 ? VALUE_NONE : at - 1;
}

// --- finishing ---------------------------------------------------------------

static bool fill_column(struct lexicon *lexicon, uint32_t rows)
{
    lexicon->of_row = malloc(((size_t)rows + 1) * sizeof *lexicon->of_row);
    if (lexicon->of_row == NULL) {
        return false;
    }
    for (uint32_t row = 0; row < rows; row++) {
        lexicon->of_row[row] = VALUE_NONE;
    }
    for (size_t i = 0; i < lexicon->pairs.n; i++) {
        lexicon->of_row[lexicon->pairs.p[i].id] = lexicon->pairs.p[i].value;
    }
    return true;
}

static bool fill_lists(struct lexicon *lexicon, uint32_t rows)
{
    lexicon->row_starts = calloc((size_t)rows + 2, sizeof *lexicon->row_starts);
    lexicon->row_entries = malloc((lexicon->pairs.n + 1) * sizeof *lexicon->row_entries);
    if (lexicon->row_starts == NULL || lexicon->row_entries == NULL) {
        return false;
    }
    for (size_t i = 0; i < lexicon->pairs.n; i++) {
        lexicon->row_starts[lexicon->pairs.p[i].id + 1]++;
        lexicon->row_entries[i] = lexicon->pairs.p[i].value;
    }
    for (uint32_t row = 0; row < rows; row++) {
        lexicon->row_starts[row + 1] += lexicon->row_starts[row];
    }
    return true;
}

static int by_romaji(const void *a, const void *b, void *context)
{
    const struct lexicon *lexicon = context;
    return str_compare(lexicon_form(lexicon, *(const uint32_t *)a, FORM_ROMAJI),
                       lexicon_form(lexicon, *(const uint32_t *)b, FORM_ROMAJI));
}

static bool order_romaji(struct lexicon *lexicon)
{
    lexicon->by_romaji = malloc((lexicon->entries.n + 1) * sizeof *lexicon->by_romaji);
    if (lexicon->by_romaji == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < lexicon->entries.n; i++) {
        if (lexicon->entries.p[i].has[FORM_ROMAJI]) {
            lexicon->by_romaji[lexicon->romaji_count++] = i;
        }
    }
    qsort_r(lexicon->by_romaji, lexicon->romaji_count, sizeof *lexicon->by_romaji, by_romaji, lexicon);
    return true;
}

bool lexicon_finish(struct lexicon *lexicon, uint32_t rows)
{
    free(lexicon->table);
    lexicon->table = NULL;
    lexicon->table_size = 0;
    if ((lexicon->many ? !fill_lists(lexicon, rows) : !fill_column(lexicon, rows)) || !order_romaji(lexicon)) {
        return false;
    }
    bool ok = postings_build(&lexicon->people, (uint32_t)lexicon->entries.n, rows, lexicon->pairs.p, lexicon->pairs.n);
    free(lexicon->pairs.p);
    lexicon->pairs.p = NULL;
    lexicon->pairs.n = lexicon->pairs.capacity = 0;
    ARRAY_SHRINK(&lexicon->entries);
    // Whoever compares four bytes at once may read behind the last text.
    buf_add(&lexicon->texts, STR("\0\0\0"));
    ARRAY_SHRINK(&lexicon->texts);
    return ok && !buf_failed(&lexicon->texts) && (!lexicon->many || lexicon_make_terms(lexicon)) &&
           grams_build(lexicon);
}

uint64_t lexicon_bytes(const struct lexicon *lexicon)
{
    uint64_t sum = lexicon->entries.capacity * sizeof lexicon->entries.p[0] + lexicon->texts.capacity;
    sum += lexicon->grams_size * sizeof lexicon->grams[0] + postings_bytes(&lexicon->gram_entries);
    sum += postings_bytes(&lexicon->people) + lexicon->romaji_count * sizeof(uint32_t);
    return sum + (uint64_t)lexicon->people.universe * sizeof(uint32_t);
}

uint64_t lexicon_postings(const struct lexicon *lexicon)
{
    uint64_t sum = 0;
    for (uint32_t entry = 0; entry < lexicon->people.values; entry++) {
        sum += lexicon->people.sets[entry].n;
    }
    return sum;
}

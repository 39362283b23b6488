// Queries: typed conditions in; the exact total, one page in order, facets and hints out.
//
// The rules of matching. They are the program's promise, so a test holds every answer against an implementation that
// reads them word by word (tests/unit/edition/obvious.h).
//
// clang-format off
// Forms of a text, from narrow to wide; each is made from left to right, so the form of a beginning is the beginning of
// the form (what ends in ヴ apart):
//   exact     fold_exact: the same but for width, case and blanks. What follows the piece found is no variation selector.
//   same      exact, without variation selectors, compatibility ideographs as NFKC has them, and variant_class.
//   unified   fold_text and variant_class: also one kana script.
//   sound     reading_key of unified, in which 々 behind a kanji is that kanji once more. ヶ and ヵ behind a kanji are no
//             small kana but what they are: see confused.
//   confused  confusable_class of unified.
// and, of a text that is nothing but kana, ー, ヽ, ヾ and ・ once folded, or stands in the field kana:
//   loose     reading_loose_key of unified
//   romaji    romaji_key_of_kana of unified
//
// A name, kana or other name has one part (no blank in it) or two: the family name up to its first blank, the given name
// after it, its blanks removed. A word matches such a field
// - inside a part: the form of the word stands in the form of the part;
// - across the parts: the word is cut in two at any character; the first piece is one part, in any form but romaji, or its
//   end, in a form that is neither sound nor loose; the second is the beginning of the other part, or all of it. With the
//   given name first, only the whole of it is a first piece. The worse tier of both pieces counts;
// - in romaji (a word for which romaji_is_latin): romaji_key_typed of it begins the part's romaji, in either way; or, cut
//   in two, romaji_key of the first piece is the whole of one part's, and the second begins the other's.
// Where a word (or second piece) ends in ヴ, its sound and loose forms are those of ヴ as ブ, バ, ビ, ベ, ボ: any of them.
//
// A word matches an employer, specialty, skill or qualification where its exact, same, unified, sound or confused form
// stands in the same form of the text. An employer also by its core, in each way of legal_form_typed: a core that stands in
// the employer's core, whose kinds meet (LEGAL_ANY only where `widest` is not HOLDS): in form same this is TIER_LEGAL_FORM, in unified or sound TIER_READING; a way with
// an empty core is every employer of the kinds, TIER_LEGAL_FORM and BEGINS. And a word of `words` that is a Latin form or
// the beginning of one, behind other words ("Sample Inc."): those words from any of them on, and it, joined by blanks, are
// read by legal_form_typed; ways in Latin whose core ends before the word count in the same way, with extent WHOLE.
//
// A word matches a place that begins with it: the kanji in the forms exact to confused, the kana in sound, the romaji in
// romaji (typed), the English name in exact.
// A word that is a number matches the person of that number.
//
// Tiers are named after the narrowest form that matched: unified and sound are both `reading`.
// Extents: WHOLE: all of the part, of both parts together, or of the entry (for a place: with or without 都 府 県, for an
// employer found by its core: of that); BEGINS: the beginning of one; HOLDS: elsewhere.
// The rank of a match: tier first, then extent, then field group (name, kana, other name, number before employer before the
// rest). A person's rank for a word is that of the best match; of several words and conditions, that of the worst.
// clang-format on
#ifndef MEIBO_EDITION_QUERY_H
#define MEIBO_EDITION_QUERY_H

#include "base/err.h"
#include "edition/edition.h"

enum {
    QUERY_NUMBERS_MOST = 100,
    QUERY_WORDS_MOST = 10,
    QUERY_COURSES_MOST = 100,
    QUERY_TERMS_MOST = 20, // entries of skill=, specialty=, qualification=
    QUERY_LIMIT_MOST = 1000,
    QUERY_TEXT_LONGEST = 200, // characters of a word or text, before folding; longer finds nothing
};

enum tier {
    TIER_EXACT,
    TIER_SAME_CHARACTER,
    TIER_LEGAL_FORM, // an employer's name agrees but for its legal form
    TIER_READING,
    TIER_ROMAJI,
    TIER_READING_LOOSE,
    TIER_CONFUSABLE,
    TIER_COUNT,
};
const char *tier_name(enum tier tier); // "exact", "same_character", ...

enum match_field {
    MATCH_NUMBER,
    MATCH_NAME,
    MATCH_KANA,
    MATCH_OTHER_NAME,
    MATCH_EMPLOYER,
    MATCH_HOME,
    MATCH_EMPLOYER_PLACE,
    MATCH_SPECIALTY,
    MATCH_SKILL,
    MATCH_QUALIFICATION,
    MATCH_FIELD_COUNT,
};
const char *match_field_name(enum match_field field); // "number", "name", ...

enum extent { EXTENT_WHOLE, EXTENT_BEGINS, EXTENT_HOLDS, EXTENT_COUNT };

// Inclusive; DAY_NONE: open on that side.
struct day_range {
    day_t from, to;
};
// Months, or counts; INT32_MIN: open on that side.
struct int_range {
    int32_t from, to;
};

// Conditions on a completion. A person is found by one completion that fulfils them all.
struct done_condition {
    bool by_course; // `courses` counts (a kind and a course without a course in common leave it empty)
    size_t course_count;
    uint16_t courses[QUERY_COURSES_MOST * 2]; // indices of edition_find_course
    unsigned kinds;                           // bit 1 << enum course_kind; 0: any
    struct day_range completed;
    const struct str *operators; // codes; any of them
    size_t operator_count;       // 0: any
};

// Texts, any of which an entry must equal in form `unified`.
struct term_condition {
    struct str texts[QUERY_TERMS_MOST]; // as typed, not empty once folded
    size_t n;                           // 0: any
};

enum sort_key {
    SORT_RELEVANCE, // by rank; without a condition on text by number
    SORT_NUMBER,
    SORT_KANA, // family name, then given name (none first), each by its sound form, then its unified form
    SORT_REGISTERED_ON,
    SORT_EXPIRES_ON,
    SORT_LAST_COMPLETED_ON,
    SORT_COUNT,
};

enum facet {
    FACET_HOME,
    FACET_EMPLOYER_PLACE,
    FACET_STATUS,
    FACET_KIND,   // of courses; a person counts once for each kind
    FACET_COURSE, // a person counts once for each course
    FACET_SKILL,
    FACET_SPECIALTY,
    FACET_REGISTERED_YEAR,
    FACET_EXAM_PASSED_YEAR,
    FACET_COUNT,
};
const char *facet_name(enum facet facet); // "home", ...

enum triple { TRIPLE_ANY, TRIPLE_YES, TRIPLE_NO };

// Where a walk goes on: behind the item with this key, whether or not this edition still has it. With SORT_RELEVANCE
// `value` is the rank; with a day the day (DAY_NONE: the person has none: those are last in both directions); with
// SORT_KANA `text` is the key (see query_position), n == 0 for a person without kana. Ties go by number, ascending.
struct position {
    bool given;
    number_t number;
    int32_t value;
    struct str text;
};

struct query {
    number_t numbers[QUERY_NUMBERS_MOST];
    size_t number_count; // 0: any
    // Texts as typed: well-formed UTF-8, not empty once folded. p == NULL: any.
    struct str words[QUERY_WORDS_MOST]; // no blank in them; each must match somewhere
    size_t word_count;
    struct str name, kana, employer; // blanks and commas in name and kana say nothing; each must match its field
    enum extent widest;              // of name, kana, employer: EXTENT_WHOLE is match=exact, EXTENT_BEGINS prefix
    struct term_condition skill, specialty, qualification;
    uint64_t homes[2]; // bit set of place codes; both 0: any
    uint64_t employer_places[2];
    unsigned statuses; // bit 1 << enum status; not 0
    struct done_condition done;
    struct day_range registered, expires;
    struct int_range exam;              // months; people without an exam are in no range
    struct int_range renewals;          // counts; ended people are in no range
    enum triple has_email, name_public; // ended people are neither
    enum sort_key sort;
    bool descending; // not with SORT_RELEVANCE
    struct position after;
    uint32_t limit;  // 1..QUERY_LIMIT_MOST
    unsigned facets; // bit 1 << enum facet
};

struct match {
    enum match_field field;
    enum tier tier;
};

struct page {
    uint64_t total;
    uint32_t count;
    bool more;                      // something follows
    bool matched;                   // `matches` are filled: the query had a condition on text
    uint32_t ids[QUERY_LIMIT_MOST]; // rows, or dones
    struct match matches[QUERY_LIMIT_MOST];
    uint8_t ranks[QUERY_LIMIT_MOST];
};

struct facet_value {
    int32_t value; // place code, enum status, enum course_kind, course index, year
    struct str
        text; // of FACET_SKILL and FACET_SPECIALTY: the most frequent spelling of those that are one in form unified
    uint64_t count;
};

enum { FACET_VALUES_MOST = 300 };

// Ordered by count, largest first, then value or text.
struct facet_counts {
    struct facet_value values[FACET_VALUES_MOST];
    size_t n;
    uint64_t omitted; // values beyond those
};

// `facets`: an array of FACET_COUNT, of which those asked for are filled; may be NULL if none is. ERR_MEMORY.
enum err query_people(const struct edition *edition, const struct query *query, struct page *page,
                      struct facet_counts *facets) MUST_CHECK;
// The position of an item of the page under the query's order. `text` is appended to `room`.
struct position query_position(const struct edition *edition, const struct query *query, const struct page *page,
                               uint32_t index, struct buf *room);

// A text that exists in the register, near what was typed or beginning with it.
struct offer {
    enum match_field field;
    struct str text; // as the register has it; borrowed from the edition
    uint64_t count;  // people in force who show it
};

enum { OFFERS_MOST = 20 };

// Names, kana, other names (whole or a part), employers, specialties, skills and qualifications that a word matches,
// best rank first, then the most frequent, then by text. `limit`: 1..OFFERS_MOST. Returns how many.
enum err query_suggest(const struct edition *edition, struct str text, uint32_t limit, struct offer offers[OFFERS_MOST],
                       size_t *count) MUST_CHECK;
// Parts, of two characters and more, of names, kana and other names at edit distance one (a character left out, added,
// replaced, or two swapped) in form unified or sound from a name or kana of the query, or from those of its words that
// find nobody by themselves (all of them, if each finds somebody); for a query that found nobody. Bounded in time.
enum err query_near(const struct edition *edition, const struct query *query, struct offer offers[OFFERS_MOST],
                    size_t *count) MUST_CHECK;

struct done_query {
    number_t numbers[QUERY_NUMBERS_MOST];
    size_t number_count;
    struct done_condition done;
    uint32_t from;  // first place among the dones that may be on the page: see done_after
    uint32_t limit; // 1..QUERY_LIMIT_MOST
};

// ERR_MEMORY.
enum err query_dones(const struct edition *edition, const struct done_query *query, struct page *page) MUST_CHECK;

// The first place behind a completion (which this edition need not have any more), for a cursor.
uint32_t done_after(const struct edition *edition, number_t number, day_t completed_on, struct str course);
// What identifies a done. `course` is borrowed from the edition.
void done_identify(const struct edition *edition, uint32_t done, number_t *number, day_t *completed_on,
                   struct str *course);

#endif

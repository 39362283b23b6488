// How a submission goes: facts, check, store. Two statements where nothing is a repeat, one where everything is.
#include "intake/report.h"

#include <stdlib.h>
#include <string.h>

#include "intake/lease.h"
#include "intake/name_check.h"
#include "intake/report_record.h"

struct submission {
    struct str secret;
    const struct report_sender *sender;
    const struct report_item *items;
    size_t n;
    day_t today;
    struct report_facts *facts; // one an item
    size_t *order;              // indexes of the items by natural key, the first sent first
    size_t *chosen;             // indexes of the items to store, in that order
    size_t chosen_count;
    struct report *stored;         // one a chosen item
    struct report_result *results; // one an item
};

static void submission_fini(struct submission *submission)
{
    free(submission->facts);
    free(submission->order);
    free(submission->chosen);
    free(submission->stored);
    free(submission->results);
}
#define SUBMISSION_AUTO __attribute__((cleanup(submission_fini)))

static enum err submission_room(struct submission *s, struct fault *fault)
{
    s->facts = calloc(s->n, sizeof *s->facts);
    s->order = calloc(s->n, sizeof *s->order);
    s->chosen = calloc(s->n, sizeof *s->chosen);
    s->stored = calloc(s->n, sizeof *s->stored);
    s->results = calloc(s->n, sizeof *s->results);
    bool whole = s->facts != NULL && s->order != NULL && s->chosen != NULL && s->stored != NULL && s->results != NULL;
    return whole ? ERR_OK : err_set(fault, ERR_MEMORY, "no memory for %zu reports", s->n);
}

void report_answer_fini(struct report_answer *answer)
{
    free(answer->results);
    free(answer->faults);
    *answer = (struct report_answer){0};
}

static enum err check_item(const struct submission *s, size_t index, struct report_fault *faults, size_t *n,
                           struct fault *fault)
{
    const struct report_item *item = &s->items[index];
    struct digest name;
    if (item->name.p != NULL) {
        enum err err = name_digest(s->secret, item->name, &name);
        if (err != ERR_OK) {
            return err_set(fault, err, "no memory for the digest of a name");
        }
    }
    *n = report_check(item, item->name.p == NULL ? NULL : &name, &s->facts[index], s->sender, s->today, faults);
    for (size_t i = 0; i < *n; i++) {
        faults[i].index = index;
    }
    return ERR_OK;
}

static enum err keep_faults(struct report_answer *answer, const struct report_fault *faults, size_t n,
                            struct fault *fault)
{
    if (n == 0) {
        return ERR_OK;
    }
    struct report_fault *all = realloc(answer->faults, (answer->fault_count + n) * sizeof *all);
    if (all == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for faults");
    }
    memcpy(all + answer->fault_count, faults, n * sizeof *all);
    answer->faults = all;
    answer->fault_count += n;
    return ERR_OK;
}

static enum err check_all(const struct submission *s, struct report_answer *answer, struct fault *fault)
{
    for (size_t i = 0; i < s->n; i++) {
        struct report_fault faults[REPORT_FAULTS_AN_ITEM];
        size_t n = 0;
        enum err err = check_item(s, i, faults, &n, fault);
        err = err != ERR_OK ? err : keep_faults(answer, faults, n, fault);
        if (err != ERR_OK) {
            return err;
        }
    }
    return answer->fault_count == 0 ? ERR_OK : err_set(fault, ERR_INVALID, "%zu faults", answer->fault_count);
}

static int compare_indexes(const void *a, const void *b, void *context)
{
    const struct report_item *items = context;
    size_t left = *(const size_t *)a;
    size_t right = *(const size_t *)b;
    int order = report_item_compare(&items[left], &items[right]);
    return order != 0 ? order : (left > right) - (left < right);
}

static bool repeats_previous(const struct submission *s, size_t at)
{
    return at > 0 && report_item_compare(&s->items[s->order[at - 1]], &s->items[s->order[at]]) == 0;
}

// Decides by the facts what each item is, and chooses what is to be stored.
static void plan(struct submission *s)
{
    for (size_t i = 0; i < s->n; i++) {
        s->order[i] = i;
    }
    qsort_r(s->order, s->n, sizeof *s->order, compare_indexes, (void *)(uintptr_t)s->items);
    for (size_t at = 0; at < s->n; at++) {
        size_t index = s->order[at];
        const struct report_facts *facts = &s->facts[index];
        s->results[index].outcome = REPORT_DUPLICATE;
        if (facts->report.id != 0) {
            s->results[index].report = facts->report;
        } else if (!repeats_previous(s, at)) {
            s->chosen[s->chosen_count++] = index;
        }
    }
}

// Another submission stored some of the chosen since the facts were read: names theirs. The others are stored by now,
// so no failure may sound as if nothing was.
static enum err find_existing(struct submission *s, struct conn *conn, struct fault *fault)
{
    size_t missing = 0;
    for (size_t i = 0; i < s->chosen_count; i++) {
        if (s->stored[i].id == 0) {
            s->chosen[missing++] = s->chosen[i];
        }
    }
    if (missing == 0) {
        return ERR_OK;
    }
    enum err err = report_record_existing(conn, s->items, s->chosen, missing, s->stored, fault);
    for (size_t i = 0; err == ERR_OK && i < missing; i++) {
        s->results[s->chosen[i]].report = s->stored[i];
    }
    return err != ERR_OK ? ERR_UNCERTAIN : ERR_OK;
}

static enum err store(struct submission *s, struct conn *conn, struct fault *fault)
{
    if (s->chosen_count == 0) {
        return ERR_OK;
    }
    enum err err = report_record_insert(conn, s->sender, s->items, s->chosen, s->chosen_count, s->stored, fault);
    if (err != ERR_OK) {
        return err;
    }
    for (size_t i = 0; i < s->chosen_count; i++) {
        bool accepted = s->stored[i].id != 0;
        s->results[s->chosen[i]] = (struct report_result){accepted ? REPORT_ACCEPTED : REPORT_DUPLICATE, s->stored[i]};
    }
    return find_existing(s, conn, fault);
}

// Repeats inside the submission are duplicates of the first of them, whatever became of that.
static void answer_with(struct submission *s, struct report_answer *answer)
{
    for (size_t at = 0; at < s->n; at++) {
        struct report_result *result = &s->results[s->order[at]];
        if (repeats_previous(s, at)) {
            result->report = s->results[s->order[at - 1]].report;
        }
        answer->accepted += result->outcome == REPORT_ACCEPTED;
    }
    answer->duplicates = s->n - answer->accepted;
    answer->results = s->results;
    s->results = NULL;
}

// Room, facts and check: what a submission and an examination share.
static enum err examine(struct submission *s, struct lease *lease, struct pool *pool, struct report_answer *answer,
                        struct fault *fault)
{
    *answer = (struct report_answer){0};
    if (s->n == 0 || s->n > REPORT_ITEMS_MAX) {
        return err_set(fault, ERR_LIMIT, "1 to %d reports, not %zu", REPORT_ITEMS_MAX, s->n);
    }
    enum err err = submission_room(s, fault);
    err = err != ERR_OK ? err : lease_take(lease, pool, fault);
    err = err != ERR_OK ? err : report_record_facts(lease->conn, s->items, s->n, s->facts, fault);
    return err != ERR_OK ? err : check_all(s, answer, fault);
}

enum err report_examine(struct pool *pool, struct str secret, const struct report_sender *sender,
                        const struct report_item *items, size_t n, day_t today, struct report_answer *answer,
                        struct fault *fault)
{
    SUBMISSION_AUTO struct submission s = {.secret = secret, .sender = sender, .items = items, .n = n, .today = today};
    LEASE_AUTO struct lease lease = {0};
    return examine(&s, &lease, pool, answer, fault);
}

enum err report_submit(struct pool *pool, struct str secret, const struct report_sender *sender,
                       const struct report_item *items, size_t n, day_t today, struct report_answer *answer,
                       struct fault *fault)
{
    SUBMISSION_AUTO struct submission s = {.secret = secret, .sender = sender, .items = items, .n = n, .today = today};
    LEASE_AUTO struct lease lease = {0};
    enum err err = examine(&s, &lease, pool, answer, fault);
    if (err != ERR_OK) {
        return err;
    }
    plan(&s);
    err = store(&s, lease.conn, fault);
    if (err == ERR_OK) {
        answer_with(&s, answer);
    }
    return err;
}

enum err report_get(struct pool *pool, const char *operator_code, int64_t id, struct report *report,
                    struct fault *fault)
{
    LEASE_AUTO struct lease lease = {0};
    enum err err = lease_take(&lease, pool, fault);
    return err != ERR_OK ? err : report_record_get(lease.conn, operator_code, id, report, fault);
}

// The gate: see gate.h. Entering and leaving count under a mutex that is held for a few instructions; the waiting is
// all on the side of the one who replaces.
#include "edition/gate.h"

#include <pthread.h>
#include <stdlib.h>

struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t left; // the last reader has left `old`
    struct edition *current;
    uint64_t current_readers;
    const struct edition *old; // being waited for; NULL: none
    uint64_t old_readers;
};

enum err gate_new(struct gate **gate, struct fault *fault)
{
    struct gate *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for the gate");
    }
    (void)pthread_mutex_init(&made->mutex, NULL);
    (void)pthread_cond_init(&made->left, NULL);
    *gate = made;
    return ERR_OK;
}

void gate_free(struct gate **gate)
{
    if (*gate == NULL) {
        return;
    }
    edition_free(&(*gate)->current);
    (void)pthread_cond_destroy(&(*gate)->left);
    (void)pthread_mutex_destroy(&(*gate)->mutex);
    free(*gate);
    *gate = NULL;
}

const struct edition *gate_enter(struct gate *gate)
{
    (void)pthread_mutex_lock(&gate->mutex);
    const struct edition *edition = gate->current;
    gate->current_readers += edition == NULL ? 0 : 1;
    (void)pthread_mutex_unlock(&gate->mutex);
    return edition;
}

void gate_leave(struct gate *gate, const struct edition *edition)
{
    if (edition == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&gate->mutex);
    if (edition == gate->old) {
        gate->old_readers--;
        if (gate->old_readers == 0) {
            (void)pthread_cond_signal(&gate->left);
        }
    } else {
        gate->current_readers--;
    }
    (void)pthread_mutex_unlock(&gate->mutex);
}

void gate_replace(struct gate *gate, struct edition **edition)
{
    (void)pthread_mutex_lock(&gate->mutex);
    struct edition *old = gate->current;
    gate->old = old;
    gate->old_readers = gate->current_readers;
    gate->current = *edition;
    gate->current_readers = 0;
    *edition = NULL;
    while (gate->old_readers > 0) {
        (void)pthread_cond_wait(&gate->left, &gate->mutex);
    }
    gate->old = NULL;
    (void)pthread_mutex_unlock(&gate->mutex);
    edition_free(&old);
}

// Growing arrays of one type, for what is built once.
#ifndef MEIBO_EDITION_ARRAY_H
#define MEIBO_EDITION_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

// `p` is NULL until the first element.
#define ARRAY(type)                                                                                                    \
    struct {                                                                                                           \
        type *p;                                                                                                       \
        size_t n, capacity;                                                                                            \
    }
// The array with room for one more element: moved or as it was; NULL (and as it was) when there is no memory.
void *array_room(void *p, size_t n, size_t *capacity, size_t element);
// Gives spare memory back. What cannot be made smaller stays as it is.
void *array_shrunk(void *p, size_t n, size_t *capacity, size_t element);
// One more element at the end, uninitialised; false: no memory.
#define ARRAY_GROW(array)                                                                                              \
    ({                                                                                                                 \
        void *room_ = (array)->n < (array)->capacity                                                                   \
                          ? (array)->p                                                                                 \
                          : array_room((array)->p, (array)->n, &(array)->capacity, sizeof(array)->p[0]);               \
        if (room_ != NULL) {                                                                                           \
            (array)->p = room_;                                                                                        \
            (array)->n++;                                                                                              \
        }                                                                                                              \
        room_ != NULL;                                                                                                 \
    })
#define ARRAY_SHRINK(array) ((array)->p = array_shrunk((array)->p, (array)->n, &(array)->capacity, sizeof(array)->p[0]))

#endif

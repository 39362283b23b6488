// What the places of the register are called: the prefectures of JIS X 0401, and overseas.
#ifndef MEIBO_REGISTER_PLACE_NAMES_H
#define MEIBO_REGISTER_PLACE_NAMES_H

#include "register/types.h"

struct place_name {
    int code;          // 1..47, PLACE_OVERSEAS
    const char *kanji; // 東京都
    const char *stem;  // 東京: without 都, 府 or 県; the whole for 北海道 and 海外
    const char *kana;  // トウキョウト
    const char *kana_stem;
    const char *english; // Tokyo; Overseas
};

enum { PLACE_NAMES = 48 };
extern const struct place_name place_names[PLACE_NAMES]; // ascending by code

#endif

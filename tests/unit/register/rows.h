// One good line of each kind of file; the tests break them in one place each.
#ifndef MEIBO_TESTS_ROWS_H
#define MEIBO_TESTS_ROWS_H

#define REGISTRANT                                                                                                         \
    "{\"number\":\"000123\",\"registered_on\":\"2018-04-01\",\"renewed_on\":\"2021-04-01\",\"renewal_count\":1,"           \
    "\"expires_on\":\"2024-03-31\",\"exam_passed\":\"2017-10\",\"status\":\"name_use_suspended\","                         \
    "\"status_on\":\"2021-07-01\",\"suspended_until\":\"2022-01-31\","                                                     \
    "\"public\":[\"name\",\"kana\",\"employer\",\"home\"],\"name\":\"髙橋 太郎\",\"kana\":\"タカハシ タロウ\"," \
    "\"other_name\":\"Sample\",\"birth_month\":\"1980-05\",\"exam_certificate\":\"SC-2017-10-01234\",\"home\":\"13\","     \
    "\"employer\":\"株式会社サンプル\",\"employer_place\":\"99\",\"profile\":{\"email\":\"a@sample.example\","     \
    "\"phone\":\"00-0000\",\"url\":\"https://sample.example/"                                                              \
    "\",\"specialties\":[\"監査\",\"診断\"],\"skills\":[\"C\"],"                                                       \
    "\"qualifications\":[\"Q\"],\"statement\":\"一行\\r\\n二行 \\u9ad9\\ud83d\\ude00\"}}"

#define COURSE                                                                                                         \
    "{\"code\":\"online-2022\",\"kind\":\"online\",\"name\":\"オンライン講習\",\"name_en\":\"Online course\","  \
    "\"operator\":\"ipa\",\"valid_from\":\"2022-04-01\",\"valid_to\":\"2023-03-31\",\"hours\":6.5,\"fee_yen\":20000}"

#define OPERATOR "{\"code\":\"ipa\",\"name\":\"見本\",\"name_en\":\"Sample\",\"domain\":\"courses.sample.example\"}"

#define COMPLETION "{\"number\":\"000123\",\"course\":\"online-2022\",\"completed_on\":\"2022-07-01\"}"

#define LEAST                                                                                                          \
    "{\"number\":\"7\",\"registered_on\":\"2017-04-01\",\"renewal_count\":0,"                                          \
    "\"expires_on\":\"2020-09-30\",\"status\":\"registered\",\"status_on\":\"2017-04-01\","                            \
    "\"name\":\"A\"}"

#endif

// Every word of the page in both languages, and the formats of dates and numbers. Knows no document, so that a test
// can read it: both languages have to have the same keys.

const ja = {
    locale: "ja-JP",
    site: "情報処理安全確保支援士 登録簿検索",
    skip: "本文へ移動",
    brand: "登録セキスペ 公開登録簿",
    title: "情報処理安全確保支援士 登録簿検索",
    lead: "情報処理安全確保支援士（登録セキスペ）の登録の状態、更新期限、講習の受講履歴を確認できます。",
    q: "氏名・フリガナ・勤務先・登録番号",
    q_hint: "例：「髙橋」「たかはし 見本」「第000123号」。空白で区切ると、すべてに当てはまる人を探します。",
    search: "検索",
    search_with: "この条件で検索",
    clear: "条件をすべて消す",
    filters: "条件をしぼる",
    filter_count: (n) => `${n} 件の条件を指定中`,
    name: "氏名",
    kana: "フリガナ",
    employer: "勤務先の名称",
    home: "自宅の地域",
    employer_place: "勤務先の地域",
    status: "登録の状態",
    status_hint:
        "選ばなければ「登録」と「名称使用停止」を探します。終了した登録は、登録番号・状態・日付だけで探せます。",
    kind: "講習の種別",
    course: "講習",
    any_course: "指定しない",
    courses_loading: "講習の一覧を読み込んでいます…",
    courses_failed: "講習の一覧を読み込めませんでした",
    completed: "講習の修了日",
    registered: "登録年月日",
    expires: "更新期限",
    from: "から",
    to: "まで",
    range: (what, end) => `${what}（${end}）`,
    nothing_chosen: "指定しない",
    list: (items) => items.join("、"),
    number: "登録番号",
    limit: "1ページの件数",
    cursor: "ページの位置",
    about_withheld:
        "氏名などの任意公開の項目は、本人が公開を選んだ場合にだけ表示されます。講習の修了は、修了から1か月以内に公表されます。",
    for_programs: "プログラムから使う方へ：",
    source: "出典",
    terms: "利用規約",
    report_error: "誤りの連絡先",

    welcome: "登録簿の現況",
    in_force: (n) => `現在、${n}人が登録されています（名称使用停止の方を含みます）。`,
    show_all: "登録者を番号順に見る",
    results: "検索結果",
    total: (n) => `${n}件`,
    shown: (from, to) => `${from}〜${to}件目を表示`,
    said: (total) => `検索結果は${total}件です。`,
    as_of: (publication, instant, day) => `公表版 ${publication}（${instant} 日本時間 公表）、${day}現在の状態`,
    asked: "条件：",
    quoted: (text) => `「${text}」`,
    conditions: (items) => items.join(" ／ "),
    searching: "検索しています…",
    next: "次のページ",
    previous: "前のページ",
    first: "最初のページ",
    pages: "ページ送り",
    unknown_numbers: (numbers) => `次の登録番号は、これまでに使われたことがありません：${numbers}`,

    nothing: "当てはまる登録者は見つかりませんでした。",
    nothing_withheld:
        "見つからないことは、登録されていないことを意味しません。氏名や勤務先を公開していない登録者は、氏名や勤務先では見つかりません。登録番号がわかる場合は、番号で検索してください。",
    nothing_ended: "失効・取消・消除となった登録は、登録番号または「登録の状態」で探せます。",
    nothing_shorter: "言葉を短くする、条件を減らすなどして、もう一度お試しください。",

    number_of: (digits) => `第${digits}号`,
    withheld: "非公開",
    withheld_why: "氏名は、本人の選択により公開されていません。",
    home_at: (place) => `自宅 ${place}`,
    employer_at: (place) => `勤務先 ${place}`,
    until: (day) => `${day}まで`,
    expires_label: "更新期限",
    details: (n) => `登録の詳細と講習の受講履歴（${n}件）`,
    registration: "登録",
    registered_on: "登録年月日",
    renewed_on: "更新年月日（直近）",
    renewal_count: "登録更新回数",
    times: (n) => `${n}回`,
    expires_on: "更新期限",
    exam_passed: "試験合格年月",
    birth_month: "生年月",
    exam_certificate: "試験合格証番号",
    other_name: "併記用姓名",
    suspended_from: "名称使用停止の開始",
    suspended_until: "名称使用停止の終了",
    profile: "本人が記入した情報",
    email: "メール",
    phone: "電話",
    url: "ウェブサイト",
    specialties: "得意分野",
    skills: "保有スキル",
    qualifications: "保有資格",
    statement: "自由記述",
    history: "講習の受講履歴",
    history_none: "公表された受講履歴はありません。",
    history_note: "修了から公表までは最長で1か月かかります。ここにない講習も、修了している場合があります。",
    reported_at: (instant) => `報告 ${instant}`,
    from_file: "登録簿の管理者による登録",
    reflected_at: (instant) => `公表 ${instant}`,
    ended: {
        lapsed: (day) => `この登録は、更新されずに期限を過ぎ、${day}に失効しました。`,
        revoked: (day) => `この登録は、${day}に取り消されました。`,
        struck_off: (day) => `この登録は、${day}に消除されました。`,
    },
    ended_title: "登録は終了しています",
    ended_note: "終了した登録については、番号・状態・日付だけを表示します。",

    statuses: {
        registered: "登録",
        name_use_suspended: "名称使用停止",
        lapsed: "失効",
        revoked: "取消",
        struck_off: "消除",
    },
    kinds: {
        online: "オンライン講習",
        practical_a: "実践講習A",
        practical_b: "実践講習B",
        cyberrex: "業界別サイバーレジリエンス強化演習（CyberREX）",
        cyberstix: "制御システム向けサイバーセキュリティ演習（CyberSTIX）",
        designated: "特定講習",
    },
    other: (code) => `その他（${code}）`,
    fiscal_year: (year) => `${year}年度`,

    failed: "検索できませんでした",
    failed_offline: "インターネットにつながっていません。接続が戻ると、自動的にもう一度検索します。",
    failed_unreachable: "サーバーに接続できませんでした。しばらくしてから、もう一度お試しください。",
    failed_slow: "サーバーからの応答がありませんでした。しばらくしてから、もう一度お試しください。",
    failed_answer: (status) => `サーバーの応答を読み取れませんでした（${status}）。`,
    failed_retry: (seconds) => `${seconds}秒後に、自動的にもう一度検索します。`,
    fault: (what, detail) => `${what}：${detail}`,
    failed_id: (id) => `お問い合わせの際は、次の番号をお知らせください：${id}`,
    retry: "もう一度検索",
};

const en = {
    locale: "en-GB",
    site: "Register of Information Security Specialists",
    skip: "Skip to content",
    brand: "RISS public register",
    title: "Search the register of Registered Information Security Specialists",
    lead: "Check the registration, renewal limit and completed courses of Japan’s Registered Information Security Specialists (RISS, 情報処理安全確保支援士).",
    q: "Name, kana reading, employer or registration number",
    q_hint: "For example 髙橋, たかはし 見本, or 000123. Words separated by spaces must all match.",
    search: "Search",
    search_with: "Search with these filters",
    clear: "Clear everything",
    filters: "More filters",
    filter_count: (n) => (n === 1 ? "1 filter set" : `${n} filters set`),
    name: "Name",
    kana: "Kana reading",
    employer: "Employer’s name",
    home: "Home area",
    employer_place: "Workplace area",
    status: "State of registration",
    status_hint:
        "If none is chosen: registered, and use of name suspended. Registrations that ended are found only by number, state and dates.",
    kind: "Kind of course",
    course: "Course",
    any_course: "Any",
    courses_loading: "Loading the list of courses…",
    courses_failed: "The list of courses could not be loaded",
    completed: "Course completed",
    registered: "Registered on",
    expires: "Renewal limit",
    from: "From",
    to: "To",
    range: (what, end) => `${what} (${end.toLowerCase()})`,
    nothing_chosen: "Any",
    list: (items) => items.join(", "),
    number: "Registration number",
    limit: "Results per page",
    cursor: "Place of the page",
    about_withheld:
        "Optional items such as the name are shown only where the registrant chose to publish them. A completed course is published within one month.",
    for_programs: "For programs:",
    source: "Source",
    terms: "Terms of use",
    report_error: "Report an error",

    welcome: "The register today",
    in_force: (n) => `${n} people are registered now, including those whose use of the name is suspended.`,
    show_all: "Browse all registrants by number",
    results: "Results",
    total: (n) => (n === "1" ? "1 registrant" : `${n} registrants`),
    shown: (from, to) => `showing ${from}–${to}`,
    said: (total) => (total === "1" ? "1 registrant found." : `${total} registrants found.`),
    as_of: (publication, instant, day) =>
        `Publication ${publication} (published ${instant}, Japan time); states as of ${day}`,
    asked: "Searched for: ",
    quoted: (text) => `“${text}”`,
    conditions: (items) => items.join("; "),
    searching: "Searching…",
    next: "Next page",
    previous: "Previous page",
    first: "First page",
    pages: "Pages",
    unknown_numbers: (numbers) => `These registration numbers were never issued: ${numbers}`,

    nothing: "No registrant matches.",
    nothing_withheld:
        "This does not mean that a person is not registered. People who do not publish their name or employer cannot be found by them. If you know the registration number, search for the number.",
    nothing_ended:
        "Registrations that lapsed, were revoked or struck off are found by number or by “State of registration”.",
    nothing_shorter: "Try a shorter word or fewer filters.",

    number_of: (digits) => `No. ${digits}`,
    withheld: "Name withheld",
    withheld_why: "This person chose not to publish the name.",
    home_at: (place) => `Home: ${place}`,
    employer_at: (place) => `Workplace: ${place}`,
    until: (day) => `until ${day}`,
    expires_label: "Renewal limit",
    details: (n) => `Details and completed courses (${n})`,
    registration: "Registration",
    registered_on: "Registered on",
    renewed_on: "Last renewed on",
    renewal_count: "Renewals",
    times: (n) => `${n}`,
    expires_on: "Renewal limit",
    exam_passed: "Examination passed",
    birth_month: "Month of birth",
    exam_certificate: "Examination certificate",
    other_name: "Other name",
    suspended_from: "Use of name suspended from",
    suspended_until: "Use of name suspended until",
    profile: "Entered by the registrant",
    email: "E-mail",
    phone: "Telephone",
    url: "Website",
    specialties: "Specialties",
    skills: "Skills",
    qualifications: "Qualifications",
    statement: "Statement",
    history: "Completed courses",
    history_none: "No completed course has been published.",
    history_note: "Publication takes up to one month. A course that is not listed here may still have been completed.",
    reported_at: (instant) => `Reported ${instant}`,
    from_file: "Entered by the register’s administrator",
    reflected_at: (instant) => `Published ${instant}`,
    ended: {
        lapsed: (day) => `This registration was not renewed in time and lapsed on ${day}.`,
        revoked: (day) => `This registration was revoked on ${day}.`,
        struck_off: (day) => `This registration was struck off on ${day}.`,
    },
    ended_title: "Registration ended",
    ended_note: "Of a registration that ended, only the number, state and dates are shown.",

    statuses: {
        registered: "Registered",
        name_use_suspended: "Use of name suspended",
        lapsed: "Lapsed",
        revoked: "Revoked",
        struck_off: "Struck off",
    },
    kinds: {
        online: "Online course",
        practical_a: "Practical course A",
        practical_b: "Practical course B",
        cyberrex: "Cyber resilience exercise by industry (CyberREX)",
        cyberstix: "Cyber security exercise for control systems (CyberSTIX)",
        designated: "Designated course",
    },
    other: (code) => `Other (${code})`,
    fiscal_year: (year) => `fiscal ${year}`,

    failed: "The search failed",
    failed_offline: "You are offline. The search will be repeated when the connection is back.",
    failed_unreachable: "The server cannot be reached. Please try again in a while.",
    failed_slow: "The server did not answer in time. Please try again in a while.",
    failed_answer: (status) => `The server’s answer could not be read (${status}).`,
    failed_retry: (seconds) => `The search will be repeated in ${seconds} s.`,
    fault: (what, detail) => `${what}: ${detail}`,
    failed_id: (id) => `Please quote this number if you ask about it: ${id}`,
    retry: "Search again",
};

export const words = { ja, en };
export let language = "ja";
export let w = ja;

export function speak(wanted) {
    language = wanted === "en" ? "en" : "ja";
    w = words[language];
}

// JIS X 0401 codes, by region as Japanese forms list them.
export const regions = [
    { ja: "北海道・東北", en: "Hokkaido, Tohoku", first: 1, last: 7 },
    { ja: "関東", en: "Kanto", first: 8, last: 14 },
    { ja: "中部", en: "Chubu", first: 15, last: 23 },
    { ja: "近畿", en: "Kinki", first: 24, last: 30 },
    { ja: "中国", en: "Chugoku", first: 31, last: 35 },
    { ja: "四国", en: "Shikoku", first: 36, last: 39 },
    { ja: "九州・沖縄", en: "Kyushu, Okinawa", first: 40, last: 47 },
    { ja: "海外", en: "Overseas", first: 99, last: 99 },
];

const prefectures = {
    ja: "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県".split(
        " ",
    ),
    en: "Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa".split(
        " ",
    ),
};

export function placeName(code) {
    if (code === "99") {
        return language === "en" ? "overseas" : "海外";
    }
    return prefectures[language][Number(code) - 1] ?? w.other(code);
}

export const statusName = (code) => (Object.hasOwn(w.statuses, code) ? w.statuses[code] : w.other(code));
export const kindName = (code) => (Object.hasOwn(w.kinds, code) ? w.kinds[code] : w.other(code));
export const count = (n) => new Intl.NumberFormat(w.locale).format(n);

function format(text, options) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? text : new Intl.DateTimeFormat(w.locale, options).format(at);
}

/** A Japanese day, "2026-11-23": it has no time zone of its own. */
export const day = (text) => format(text, { dateStyle: "long", timeZone: "UTC" });
export const month = (text) => format(`${text}-01`, { year: "numeric", month: "long", timeZone: "UTC" });
/** An instant in UTC, told as Japanese time. */
export const instant = (text) => format(text, { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Tokyo" });

// The register under test: a sample of `meibo sample` plus people made by hand, one for each case that a sample cannot
// promise to contain. Expected answers are computed from these files by a plain loop (oracle.mjs).
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** @typedef {Record<string, any>} Row */

/** Today in Tokyo. */
export function today() {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo", dateStyle: "short" }).format(new Date());
}

/** @param {string} day @param {number} n */
export function plusDays(day, n) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** Same day of a later month, or that month's last. @param {string} day @param {number} n */
export function plusMonths(day, n) {
    const [year, month, date] = day.split("-").map(Number);
    const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 + n, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The first of April or October that lies at least a year back. */
function recentCohort() {
    const year = Number(today().slice(0, 4)) - 1;
    return today().slice(5) >= "10-01" ? `${year}-10-01` : `${year}-04-01`;
}

const cohort = recentCohort();
const limit = plusDays(plusMonths(cohort, 36), -1);
const inForce = { registered_on: cohort, renewal_count: 0, expires_on: limit, status: "registered", status_on: cohort };

/** Numbers of the people made by hand. */
export const people = {
    open: "900001", // everything public
    withheld: "900002", // nothing public
    suspended: "900003",
    suspensionOver: "900004",
    revoked: "900005",
    struckOff: "900006",
    lapsed: "900007",
    renewed: "900008",
    sevenDigits: "1000001",
    reported: "900010", // reports go to these
    reportedToo: "900011",
    neverIssued: "899999",
};

export const names = { open: "見本 髙橋一郎", withheld: "見本 秘匿花子", reported: "見本 報告太郎" };

/** @type {Row[]} */
const register = [
    {
        ...inForce,
        number: people.open,
        exam_passed: "2017-10",
        name: names.open,
        kana: "ミホン タカハシイチロウ",
        other_name: "Mihon ICHIRO",
        birth_month: "1980-05",
        exam_certificate: "SC-2017-10-99999",
        home: "13",
        employer: "株式会社ＨＴＴＰサンプル",
        employer_place: "27",
        public: ["name", "kana", "other_name", "birth_month", "exam_certificate", "home", "employer", "employer_place"],
        profile: {
            email: "mihon@sample.invalid",
            phone: "000-0000-0000",
            url: "https://mihon.sample.invalid/",
            specialties: ["見本の分野"],
            skills: ["見本の技能", "二つめ"],
            qualifications: ["見本の資格"],
            statement: "見本です。\n二行目。",
        },
    },
    {
        ...inForce,
        number: people.withheld,
        exam_passed: "2017-10",
        name: names.withheld,
        kana: "ミホン ヒトクハナコ",
        other_name: "Mihon HITOKU",
        birth_month: "1981-06",
        exam_certificate: "SC-2017-10-99998",
        home: "47",
        employer: "秘匿サンプル合同会社",
        employer_place: "46",
        public: [],
    },
    {
        ...inForce,
        number: people.suspended,
        name: "見本 停止",
        kana: "ミホン テイシ",
        home: "99",
        status: "name_use_suspended",
        status_on: plusDays(today(), -30),
        suspended_until: plusDays(today(), 30),
        public: ["name", "kana", "home"],
    },
    {
        ...inForce,
        number: people.suspensionOver,
        name: "見本 解除",
        kana: "ミホン カイジョ",
        status: "name_use_suspended",
        status_on: plusDays(today(), -60),
        suspended_until: plusDays(today(), -1),
        public: ["name"],
    },
    {
        ...inForce,
        number: people.revoked,
        name: "見本 取消",
        kana: "ミホン トリケシ",
        home: "13",
        employer: "取消サンプル",
        public: ["name", "kana", "home", "employer"],
        status: "revoked",
        status_on: plusDays(today(), -20),
    },
    {
        ...inForce,
        number: people.struckOff,
        name: "見本 消除",
        kana: "ミホン ショウジョ",
        public: ["name", "kana"],
        status: "struck_off",
        status_on: plusDays(today(), -10),
    },
    {
        number: people.lapsed,
        registered_on: "2018-04-01",
        renewal_count: 0,
        expires_on: "2021-03-31",
        status: "registered",
        status_on: "2018-04-01",
        name: "見本 失効",
        kana: "ミホン シッコウ",
        public: ["name", "kana"],
    },
    {
        ...inForce,
        number: people.renewed,
        registered_on: plusMonths(cohort, -36),
        renewed_on: cohort,
        renewal_count: 1,
        name: "見本 更新",
        kana: "ミホン コウシン",
        exam_passed: "2017-04",
        public: ["name", "kana"],
    },
    { ...inForce, number: people.sevenDigits, name: "見本 七桁", kana: "ミホン ナナケタ", public: ["name", "kana"] },
    { ...inForce, number: people.reported, name: names.reported, kana: "ミホン ホウコク", public: ["name", "kana"] },
    { ...inForce, number: people.reportedToo, name: "見本 報告次郎", kana: "ミホン ホウコクジロウ", public: [] },
];

/** @type {Row[]} */
const operators = [
    { code: "http-a", name: "見本試験機関A", name_en: "HTTP sample A", domain: "http-a.sample.invalid" },
    { code: "http-b", name: "見本試験機関B" },
];

const always = { valid_from: "2017-04-01", valid_to: plusDays(today(), 400) };

/** @type {Row[]} */
const courses = [
    {
        code: "http-a-online",
        kind: "online",
        name: "見本オンラインA",
        name_en: "Sample online A",
        operator: "http-a",
        ...always,
        hours: 6.5,
        fee_yen: 20000,
    },
    { code: "http-a-practical", kind: "practical_a", name: "見本実践A", operator: "http-a", ...always },
    {
        code: "http-a-over",
        kind: "designated",
        name: "見本特定A（終了）",
        operator: "http-a",
        valid_from: "2017-04-01",
        valid_to: plusDays(today(), -5),
    },
    { code: "http-b-online", kind: "online", name: "見本オンラインB", operator: "http-b", ...always, fee_yen: 0 },
];

/** @type {Row[]} */
const completions = [
    { number: people.open, course: "http-a-online", completed_on: plusDays(today(), -40) },
    { number: people.open, course: "http-b-online", completed_on: plusDays(today(), -40) },
    { number: people.open, course: "http-a-practical", completed_on: plusDays(today(), -100) },
    { number: people.withheld, course: "http-a-practical", completed_on: plusDays(today(), -70) },
    { number: people.revoked, course: "http-a-online", completed_on: plusDays(today(), -90) },
    { number: people.renewed, course: "http-b-online", completed_on: plusDays(today(), -300) },
];

/** @type {Record<string, Row[]>} */
const additions = { operators, courses, register, completions };
export const files = ["operators", "courses", "register", "completions"];

/** @param {string} file @returns {Row[]} */
export function readRows(file) {
    return readFileSync(file, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
}

/** @param {string} file @param {Row[]} rows */
export function writeRows(file, rows) {
    writeFileSync(file, rows.map((row) => JSON.stringify(row) + "\n").join(""));
}

/** Writes sample and additions together. @param {string} sample directory @param {string} data directory */
export function writeData(sample, data) {
    for (const name of files) {
        const rows = [...readRows(path.join(sample, `${name}.ndjson`)), ...additions[name]];
        writeRows(path.join(data, `${name}.ndjson`), rows);
    }
}

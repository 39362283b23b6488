// A small register of its own for searches: the people of tests/data/search, who are there for the pairs of that
// folder, and people made for what those do not show. Written as files that `meibo import` takes.
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { plusDays, today, writeRows } from "./fixtures.mjs";
import { runDirectory } from "./harness.mjs";

/** @typedef {import("./fixtures.mjs").Row} Row */

const folder = fileURLToPath(new URL("../../data/search/", import.meta.url));
const DAYS = { registered_on: "2024-04-01", status: "registered", status_on: "2024-04-01", renewal_count: 0 };
const IN_FORCE = { ...DAYS, expires_on: plusDays(today(), 400) };

/** Cells of every line; undefined where there is none. @param {string} file */
function readTable(file) {
    return readFileSync(path.join(folder, file), "utf8")
        .split("\n")
        .map((text, i) => ({ text, line: i + 1 }))
        .filter(({ text }) => text !== "" && !text.startsWith("#"))
        .map(({ text, line }) => ({
            line,
            cells: text
                .split("\t")
                .map((cell) => cell.replace(/\\u\{([0-9A-F]+)\}/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16))))
                .map((cell) => (cell === "-" ? undefined : cell)),
        }));
}

/** @param {string | undefined} status @returns {Row} */
function statusMembers(status) {
    switch (status) {
        case undefined:
            return {};
        case "lapsed":
            return { expires_on: plusDays(today(), -1) };
        case "name_use_suspended":
            return { status, status_on: plusDays(today(), -5), suspended_until: plusDays(today(), 5) };
        default:
            return { status, status_on: plusDays(today(), -5) };
    }
}

/** @param {Row} row @returns {Row} the row without what it does not have */
function present(row) {
    return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

/** @returns {Row[]} */
function peopleOfTheTable() {
    return readTable("people.tsv").map(({ cells }) => {
        const [number, name, kana, other_name, employer, home, employer_place, ...rest] = cells;
        const [specialties, skills, qualifications] = rest.slice(0, 3).map((cell) => cell?.split("；"));
        const optional = present({ name, kana, other_name, employer, home, employer_place });
        const profile = present({ specialties, skills, qualifications });
        return {
            ...IN_FORCE,
            ...statusMembers(rest[3]),
            ...optional,
            number,
            public: Object.keys(optional),
            ...(Object.keys(profile).length > 0 && { profile }),
        };
    });
}

/**
 * @typedef {{ line: number, parameter: string, text: string, number: string, field?: string, tier?: string, match?: string }} Pair
 * field and tier: what is expected; without them the person must not be found
 */

/** @returns {Pair[]} */
export function readPairs() {
    return readTable("pairs.tsv").map(({ line, cells }) => {
        const [parameter, text, person, expected, match] = cells.map((cell) => cell ?? "");
        const [field, tier] = expected === "no" ? [] : expected.split(" ");
        const number = /^\d+/.exec(person)?.[0] ?? "";
        return {
            line,
            parameter,
            text,
            number: number.padStart(6, "0"),
            field,
            tier,
            match: match ? match.split("=")[1] : undefined,
        };
    });
}

export const special = {
    formulas: "950001",
    plainCells: "950002",
    skills: ["950011", "950012", "950013", "950014"],
    twice: "950021",
    crossed: ["950022", "950023", "950024", "950025", "950026", "950027", "950028"],
    longKana: ["950031", "950032", "950033"],
    cutKana: ["950034", "950035", "950036"],
    manySkills: ["950101", "950102", "950103", "950104", "950105", "950106", "950107"],
    hidden: "950041",
    hiddenToo: "950042",
};

/** What nobody may find: each text belongs to one person who does not publish it. */
export const secrets = {
    name: "密山 隠太郎",
    kana: "ヒソヤマ カクタロウ",
    other_name: "Hisoyama KAKUTARO",
    employer: "株式会社密密見本",
    exam_certificate: "SC-2019-04-77777",
    home: "47",
    employer_place: "46",
    birth_month: "1971-02",
};

/** A text that begins as a formula does, in every way, and what looks like CSV. */
export const formulas = {
    name: "=見本 式子",
    kana: "シキコ ミホン",
    other_name: "＝ＭＩＨＯＮ Shikiko",
    employer: "@見本株式会社",
    profile: {
        email: "-mihon@sample.invalid",
        phone: "+81-3-0000-0000",
        url: 'https://sample.invalid/?a=1,2&b="c"',
        specialties: ["-1+1", "見本;分野", '見本"分野"', "＋分野", "無害な分野"],
        skills: ["=1+1", "@SUM(A1)", "見本, 技能", "見本\\技能", "－技能", "＠技能"],
        qualifications: ["'見本の資格", "=見本資格"],
        statement: '\n=HYPERLINK("https://sample.invalid/")\n"見本", 終わり',
    },
};

/** @returns {Row[]} */
function specialPeople() {
    const names = ["name", "kana", "other_name", "employer"];
    const long = "ア".repeat(98);
    const hidden = { ...IN_FORCE, ...secrets, public: [] };
    return [
        { ...IN_FORCE, number: special.formulas, ...formulas, public: names },
        {
            ...IN_FORCE,
            number: special.plainCells,
            name: '見本, 引用"符"',
            employer: "見本'商店",
            public: ["name", "employer"],
            profile: { statement: "一行目\r\n二行目" },
        },
        ...[
            ["見本技術"],
            ["見本技術", "見本　ギジュツ"],
            ["見本ギジュツ", "ミホンの技"],
            ["見本ギジュツ", "見本ぎじゅつ", "見本 技術"],
        ].map((skills, i) => ({ ...IN_FORCE, number: special.skills[i], public: [], profile: { skills } })),
        {
            ...IN_FORCE,
            number: special.twice,
            name: "重重 重重",
            kana: "ジュウジュウ ジュウジュウ",
            public: names.slice(0, 2),
        },
        ...special.crossed.map((number, i) => ({
            ...IN_FORCE,
            number,
            name: ["交甲 一", "交甲 二", "交甲 三", "交乙 四", "交乙 五", "別名 交乙", "別名 交乙"][i],
            public: ["name"],
        })),
        ...special.longKana.map((number, i) => ({
            ...IN_FORCE,
            number,
            kana: `${long}${"アアイ"[i]} ${long}${"アイア"[i]}`,
            public: ["kana"],
        })),
        // One character that stands for six: 200 of them are more than a cursor holds.
        ...special.cutKana.map((number) => ({ ...IN_FORCE, number, kana: "㌖".repeat(200), public: ["kana"] })),
        ...special.manySkills.map((number, i) => ({
            ...IN_FORCE,
            number,
            public: [],
            profile: { skills: Array.from({ length: 50 }, (_, k) => `見本番号${i}-${k}`) },
        })),
        { ...hidden, number: special.hidden },
        // The same person, hidden by the end of the registration.
        {
            ...hidden,
            number: special.hiddenToo,
            name: "閉山 終太郎",
            kana: "トジヤマ ツイタロウ",
            employer: "株式会社閉閉見本",
            public: Object.keys(secrets),
            profile: { email: "tojiyama@sample.invalid", skills: ["閉じた技能"], specialties: ["閉じた分野"] },
            status: "struck_off",
            status_on: plusDays(today(), -3),
        },
    ];
}

/** Writes the register, for `useWorld`. @param {string} name of a directory of its own */
export function writePeople(name) {
    const directory = path.join(runDirectory(), name);
    mkdirSync(directory);
    const rows = [...peopleOfTheTable(), ...specialPeople()];
    // The register has everybody's name, also where it is not public.
    writeRows(
        path.join(directory, "register.ndjson"),
        rows.map((row) => ({ name: "伏名 伏子", ...row })),
    );
    return directory;
}

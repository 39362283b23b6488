// Reads the other forms of a page of the search: CSV (RFC 4180, to the letter) and NDJSON. Whatever is not as the
// contract says is an assertion.
import assert from "node:assert/strict";

const BOM = "\uFEFF";

/** @param {Buffer} body */
export function strictText(body) {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
}

/**
 * Cells of every row. Rows end with CR LF, the last one too; what holds a comma, a quote or a line break is quoted.
 * @param {string} text @returns {string[][]}
 */
export function parseCsv(text) {
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    /** @type {string[][]} */
    const rows = [];
    /** @type {string[]} */
    let row = [];
    while (cell.lastIndex < text.length) {
        const at = cell.lastIndex;
        const found = cell.exec(text);
        assert.ok(found, `no CSV at character ${at}: ${JSON.stringify(text.slice(at, at + 80))}`);
        row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
        if (found[3] !== ",") {
            rows.push(row);
            row = [];
        }
    }
    assert.deepEqual(row, [], "CSV ends with a row's end");
    return rows;
}

/**
 * @typedef {object} End what the last row or line says
 * @property {number} count
 * @property {number} total
 * @property {number} publication
 * @property {string} published_at
 * @property {string} day
 * @property {string[]} [unknown_numbers]
 * @property {string} [next]
 */

/** @param {string} cell @returns {End} */
function parseEnd(cell) {
    const form =
        /^#end count=(?<count>\d+) total=(?<total>\d+) publication=(?<publication>\d+) published_at=(?<published_at>\S+) day=(?<day>\S+)(?: unknown_numbers=(?<unknown>[0-9;]+))?(?: next=(?<next>\S+))?$/;
    const found = form.exec(cell)?.groups;
    assert.ok(found, `the end row: ${cell}`);
    return {
        count: Number(found.count),
        total: Number(found.total),
        publication: Number(found.publication),
        published_at: found.published_at,
        day: found.day,
        unknown_numbers: found.unknown?.split(";"),
        next: found.next,
    };
}

/** A whole table. @param {Buffer} body */
export function readCsv(body) {
    const text = strictText(body);
    assert.ok(text.startsWith(BOM), "a byte order mark");
    const [header, ...rows] = parseCsv(text.slice(1));
    const last = rows.pop();
    assert.ok(last, "a header and an end");
    for (const row of [...rows, last]) {
        assert.equal(row.length, header.length, `as many cells as the header: ${row}`);
    }
    assert.deepEqual(
        last.slice(1).filter((cell) => cell !== ""),
        [],
        "the end stands in one cell",
    );
    const end = parseEnd(last[0]);
    assert.equal(end.count, rows.length, "the end counts the rows");
    for (const row of rows) {
        assert.match(row[0], /^\d{6,7}$/, "a row begins with the number");
    }
    return {
        header,
        rows: rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i], cell]))),
        end,
    };
}

/** The lines, put together as the JSON answer that they are. @param {Buffer} body @returns {any} */
export function readNdjson(body) {
    const lines = strictText(body).split("\n");
    assert.equal(lines.pop(), "", "the last line is whole");
    const values = lines.map((line) => JSON.parse(line));
    const { end, count, ...rest } = values.pop();
    assert.equal(end, true, "the last line is the end");
    assert.equal(count, values.length, "the end counts the lines");
    assert.ok(!values.some((value) => "end" in value), "one end");
    return { ...rest, items: values };
}

// A search as a table to keep: CSV and NDJSON come only to those who ask for them by the Accept header, which a link
// cannot; so they are fetched, checked for their end mark and saved. A file has at most 1,000 people; then the next.
import { tablePath } from "./conditions.js";
import { element } from "./dom.js";
import { Failure, askTable } from "./service.js";
import { count, w } from "./words.js";

const IN_A_FILE = 1000;
const FORMATS = [
    { name: "CSV", suffix: "csv", type: "text/csv", end: /(?:^|\n)"?#end count=\d+[^\n]*\n$/ },
    { name: "NDJSON", suffix: "ndjson", type: "application/x-ndjson", end: /(?:^|\n)\{"end":true,[^\n]*\}\n$/ },
];

function save(blob, fileName) {
    const address = URL.createObjectURL(blob);
    element("a", { href: address, download: fileName }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A button that saves one file after the other, and begins again behind the last. */
function saver(format, search, page, status) {
    const start = { path: tablePath(search, IN_A_FILE), from: 1 };
    const button = element("button", { type: "button", class: "quiet small-button" });
    let file = start;
    const name = () => {
        const to = Math.min(file.from + IN_A_FILE - 1, page.total);
        button.textContent = w.save_as(format.name, count(file.from), count(to));
    };
    async function saveFile({ path, from }) {
        const { blob, text, next } = await askTable(path, format.type);
        if (!format.end.test(text)) {
            throw new Failure("answer", { status: 200 });
        }
        save(blob, `registrants-${page.as_of.day}-${from}.${format.suffix}`);
        status.textContent = w.saved(format.name);
        file = next === undefined ? start : { path: next, from: from + IN_A_FILE };
        name();
    }
    button.addEventListener("click", () => {
        status.textContent = w.saving;
        saveFile(file).catch(() => (status.textContent = w.save_failed));
    });
    name();
    return button;
}

/** The ways to take a search away, for below the list. */
export function savers(search, page) {
    const status = element("span", { class: "small", role: "status" });
    const buttons = FORMATS.map((format) => saver(format, search, page, status));
    const json = element("a", { href: tablePath(search, 200), type: "application/json" }, w.as_json);
    return [element("span", { class: "save-label" }, w.save), ...buttons, json, status];
}

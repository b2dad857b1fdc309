// Searches titles, notes and transcripts in the browser, with small files of the show's own.

const field = document.getElementById("q");
const list = document.getElementById("results");
const said = document.getElementById("found");
const WEIGHTS = [8, 3, 1]; // title, notes, transcript
const known = new Map();
let turn = 0;

function fold(text) {
  return text.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
}

function shardOf(word) {
  const code = word.codePointAt(0);
  return code < 128 ? word[0] : `u${(code >> 8).toString(16)}`;
}

async function load(name, again = false) {
  if (!known.has(name) || again) {
    const answer = await fetch(`${name}.json`, again ? { cache: "reload" } : {});
    known.set(name, answer.ok ? await answer.json() : { words: {} });
  }
  return known.get(name);
}

// All files must be of one edition: whoever comes while an episode is published asks once more.
async function ofOneEdition(names) {
  const files = await Promise.all(names.map((name) => load(name)));
  if (files.every((file) => !file.edition || file.edition === files[0].edition)) return files;
  return Promise.all(names.map((name) => load(name, true)));
}

// The best place of each episode that has a word beginning like this.
function hits(file, asked) {
  const best = new Map();
  for (const [word, places] of Object.entries(file.words ?? {})) {
    if (!word.startsWith(asked)) continue;
    for (const place of places) {
      const weight = WEIGHTS[place % 4] + (word === asked ? 1 : 0);
      const nth = Math.floor(place / 4);
      if (weight > (best.get(nth) ?? 0)) best.set(nth, weight);
    }
  }
  return best;
}

async function find(text) {
  const words = fold(text).match(/[\p{L}\p{N}]{2,40}/gu) ?? [];
  if (!words.length) return null;
  const [episodes, ...files] = await ofOneEdition(["episodes", ...words.map(shardOf)]);
  const found = words.map((word, nth) => hits(files[nth], word));
  return [...found[0].keys()]
    .filter((nth) => found.every((one) => one.has(nth)))
    .map((nth) => [found.reduce((sum, one) => sum + one.get(nth), 0), nth])
    .sort((a, b) => b[0] - a[0] || b[1] - a[1])
    .map(([, nth]) => episodes.episodes[nth]);
}

function entry([slug, title, date], text) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const when = document.createElement("time");
  link.href = `../${slug}/index.html?find=${encodeURIComponent(text)}`;
  link.textContent = title;
  link.dir = "auto";
  when.dateTime = date;
  when.textContent = new Date(`${date}T12:00`).toLocaleDateString(document.documentElement.lang, {
    dateStyle: "long",
  });
  item.append(link, " ", when);
  return item;
}

async function search() {
  const mine = ++turn;
  const text = field.value.trim();
  const found = await find(text).catch(() => []);
  if (mine !== turn) return;
  history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
  list.replaceChildren(...(found ?? []).map((one) => entry(one, text)));
  said.textContent = found ? said.dataset.words.replace("{count}", found.length) : "";
}

field.closest("[hidden]").hidden = false;
field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", search);
search();

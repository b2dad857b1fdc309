// The browser plays. This jumps to moments, shows the current chapter, lets the transcript follow
// and be searched, remembers where one stopped, and copies addresses. Nothing leaves the browser.

const player = document.getElementById("player");
const REMEMBERED_S = 10; // shorter beginnings are not worth coming back to
const SKIPS = { ArrowLeft: -10, ArrowRight: 30, j: -10, l: 30 };

// "754", "12:34" and "1:02:03" are moments; anything else is none.
function secondsOf(text) {
  if (!/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(text ?? "")) return null;
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

function clockOf(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, nth) => (nth ? String(part).padStart(2, "0") : part)).join(":");
}

// A link to a moment: ?t=12:34 or #t=754.
function momentOfAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  return secondsOf(fragment.get("t") ?? new URLSearchParams(location.search).get("t"));
}

function linkToNow() {
  const link = new URL(location.pathname, location.href);
  link.search = `t=${clockOf(player.currentTime)}`;
  return link.href;
}

// Browsers may forbid to remember; then nothing is remembered.
const memory = {
  get(key) {
    try {
      return Number(localStorage.getItem(`sendeturm:${key}`)) || 0;
    } catch {
      return 0;
    }
  },
  set(key, value) {
    try {
      if (value) localStorage.setItem(`sendeturm:${key}`, String(value));
      else localStorage.removeItem(`sendeturm:${key}`);
    } catch {
      /* private windows */
    }
  },
};

// The last of the links, in order of time, whose moment has come.
function mark(links, seconds) {
  const current = links.findLast((link) => Number(link.dataset.seconds) <= seconds);
  for (const link of links) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  return current;
}

function jumpTo(seconds) {
  player.currentTime = seconds;
  player.play().catch(() => {});
}

function jumpInPlace(event) {
  const link = event.target.closest("a.jump");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.replaceState(null, "", `#t=${link.dataset.seconds}`);
  jumpTo(Number(link.dataset.seconds));
}

function skipByKey(event) {
  const skip = SKIPS[event.key];
  const taken = event.target.closest?.("input, select, textarea, audio, summary");
  if (!skip || taken || event.ctrlKey || event.metaKey || event.altKey || player.paused) return;
  event.preventDefault();
  player.currentTime = Math.max(0, player.currentTime + skip);
}

// Where one stopped, and how fast one listens.
function remember() {
  const place = location.pathname;
  const start = momentOfAddress() ?? memory.get(place);
  if (start) player.currentTime = start;
  let kept = 0;
  const keep = () => {
    const isOver = player.ended || player.currentTime > player.duration - REMEMBERED_S;
    kept = player.currentTime;
    memory.set(place, isOver || kept < REMEMBERED_S ? 0 : Math.floor(kept));
  };
  player.addEventListener("timeupdate", () => Math.abs(player.currentTime - kept) > 5 && keep());
  player.addEventListener("pause", keep);
  addEventListener("pagehide", keep);
  addEventListener("hashchange", () => {
    const seconds = momentOfAddress();
    if (seconds !== null) player.currentTime = seconds;
  });
}

function speeds(choice) {
  const known = memory.get("speed");
  choice.closest("[hidden]").hidden = false;
  if ([...choice.options].some((option) => Number(option.value) === known)) choice.value = known;
  const set = () => {
    player.defaultPlaybackRate = player.playbackRate = Number(choice.value);
  };
  set();
  choice.addEventListener("change", () => {
    set();
    memory.set("speed", choice.value === "1" ? 0 : choice.value);
  });
}

function waves(wave) {
  wave.addEventListener("click", (event) => {
    const box = wave.getBoundingClientRect();
    if (player.duration) jumpTo(((event.clientX - box.left) / box.width) * player.duration);
  });
  player.addEventListener("timeupdate", () => {
    const played = player.duration ? player.currentTime / player.duration : 0;
    wave.style.setProperty("--played", `${(100 * played).toFixed(2)}%`);
  });
}

function transcripts(words) {
  const box = words.closest("details");
  const field = box.querySelector("input[type=search]");
  const found = box.querySelector("output");
  const paragraphs = [...words.children];
  const clocks = [...words.querySelectorAll("a.jump")];
  let shown = null;
  field.closest("[hidden]").hidden = false;
  field.addEventListener("input", () => {
    const asked = field.value.trim().toLocaleLowerCase();
    for (const paragraph of paragraphs) {
      paragraph.hidden = !paragraph.textContent.toLocaleLowerCase().includes(asked);
    }
    const count = paragraphs.filter((paragraph) => !paragraph.hidden).length;
    found.textContent = asked ? found.dataset.words.replace("{count}", count) : "";
  });
  const asked = new URLSearchParams(location.search).get("find");
  if (asked && words.textContent.toLocaleLowerCase().includes(asked.toLocaleLowerCase())) {
    box.open = true;
    field.value = asked;
    field.dispatchEvent(new Event("input"));
  }
  player.addEventListener("timeupdate", () => {
    const current = mark(clocks, player.currentTime);
    if (current === shown || player.paused) return;
    shown = current;
    if (!box.open || field.value || !current) return;
    const paragraph = current.parentElement;
    words.scrollTo({ top: paragraph.offsetTop - words.clientHeight / 3, behavior: "smooth" });
  });
}

// What others said to the post about the episode: asked for only when the visitor wants it, and
// shown as text alone.
function replies(box) {
  const button = box.querySelector("button");
  box.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const list = document.createElement("ul");
    list.className = "replies";
    const answer = await fetch(button.dataset.replies, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
    }).catch(() => null);
    const context = answer?.ok ? await answer.json().catch(() => null) : null;
    const found = Array.isArray(context?.descendants) ? context.descendants : null;
    for (const one of found ?? []) list.append(reply(one));
    if (!found?.length) list.append(button.dataset[found ? "none" : "failed"]);
    box.replaceChildren();
    box.after(list);
  });
}

function reply(one) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  const words = document.createElement("p");
  const html = String(one.content ?? "").replace(/<(\/p|br)[^>]*>/gi, "\n");
  name.textContent = one.account?.display_name || one.account?.acct || "?";
  words.textContent = new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
  words.dir = "auto";
  item.append(name, words);
  if (/^https:\/\//.test(one.url ?? "")) {
    const link = document.createElement("a");
    link.href = one.url;
    link.rel = "noopener";
    link.textContent = new Date(one.created_at).toLocaleDateString(document.documentElement.lang);
    item.append(link);
  }
  return item;
}

// A chapter's own picture takes the cover's place while it is heard.
function picture(cover, link) {
  const wanted = link?.dataset.picture ?? cover.dataset.own;
  if (cover.src !== wanted) cover.src = wanted;
}

if (player) {
  const cover = document.querySelector(".episode .cover");
  if (cover) cover.dataset.own = cover.src;
  const chapters = [...document.querySelectorAll(".chapters a.jump")];
  const markChapter = () => {
    const current = mark(chapters, player.currentTime);
    if (cover) picture(cover, current);
  };
  document.addEventListener("click", jumpInPlace);
  document.addEventListener("keydown", skipByKey);
  player.addEventListener("timeupdate", markChapter);
  player.addEventListener("seeked", markChapter);
  remember();
  const parts = {
    "#speed": speeds,
    ".wave": waves,
    ".transcript": transcripts,
    "#replies": replies,
    "#moment": (button) => copies(button, linkToNow),
  };
  for (const [selector, begin] of Object.entries(parts)) {
    const part = document.querySelector(selector);
    if (part) begin(part);
  }
}

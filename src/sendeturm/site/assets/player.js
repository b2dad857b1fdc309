"use strict";
// The browser plays; this jumps to moments, marks the current chapter and copies the address.

const player = document.getElementById("player");

// One voice at a time.
document.addEventListener(
  "play",
  (event) => {
    for (const audio of document.querySelectorAll("audio")) {
      if (audio !== event.target) audio.pause();
    }
  },
  true,
);

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}

// "754", "12:34" and "1:02:03" are moments; anything else is none.
function secondsOf(text) {
  if (!/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(text ?? "")) return null;
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

// A link to a moment: ?t=12:34 or #t=754.
function momentOfAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  return secondsOf(fragment.get("t") ?? new URLSearchParams(location.search).get("t"));
}

function markCurrent(chapters) {
  const reached = chapters.filter((link) => Number(link.dataset.seconds) <= player.currentTime);
  const current = reached.at(-1);
  for (const link of chapters) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function jumpInPlace(event) {
  const link = event.target.closest("a.jump");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.replaceState(null, "", `#t=${link.dataset.seconds}`);
  player.currentTime = Number(link.dataset.seconds);
  player.play().catch(() => {});
}

function goToAddress() {
  const seconds = momentOfAddress();
  if (seconds !== null) player.currentTime = seconds;
}

if (player) {
  const chapters = [...document.querySelectorAll(".chapters a.jump")];
  document.addEventListener("click", jumpInPlace);
  player.addEventListener("timeupdate", () => markCurrent(chapters));
  player.addEventListener("seeked", () => markCurrent(chapters));
  addEventListener("hashchange", goToAddress);
  goToAddress();
}

"use strict";
// One clock, the published sound's; the recording is played at the place it stands for.

const deck = document.getElementById("deck");

if (deck) {
  const after = document.getElementById("after");
  const befores = [...deck.querySelectorAll("audio.before")];
  const cuts = JSON.parse(deck.dataset.cuts);
  const place = document.getElementById("place");
  const play = document.getElementById("play");
  const total = Number(place.max);
  const lead = 2;
  let side = "after";
  let running = false;
  let recordingNow = 0;

  // Cuts are [start, end, at]: the recording from start to end stands at `at` in what goes out.
  function recordingTime(seconds) {
    if (!cuts.length) return seconds;
    const cut = cuts.findLast((c) => c[2] <= seconds) ?? cuts[0];
    return Math.min(Math.max(cut[0] + seconds - cut[2], cut[0]), cut[1]);
  }

  function publishedTime(seconds) {
    if (!cuts.length) return seconds;
    const cut = cuts.findLast((c) => c[0] <= seconds) ?? cuts[0];
    return cut[2] + Math.min(Math.max(seconds - cut[0], 0), cut[1] - cut[0]);
  }

  const startOf = (take) => Number(take.dataset.start);
  const endOf = (take) => startOf(take) + Number(take.dataset.seconds);
  const covers = (take, seconds) => startOf(take) <= seconds && seconds < endOf(take);

  function now() {
    if (side === "after") return after.currentTime;
    const lasting = befores.find((take) => !take.paused && !take.ended);
    if (lasting) recordingNow = lasting.currentTime + startOf(lasting);
    return publishedTime(recordingNow);
  }

  function start(audio) {
    audio.play().catch(() => {});
  }

  // Parts follow each other, tracks sound together: whatever covers this moment is played.
  function startBefores() {
    for (const take of befores) {
      if (!covers(take, recordingNow)) continue;
      take.currentTime = recordingNow - startOf(take);
      start(take);
    }
  }

  // While the recording plays: what comes next is started, what has ended is left alone.
  function goOn() {
    for (const take of befores) {
      if (take.ended && covers(take, recordingNow)) recordingNow = endOf(take);
    }
    for (const take of befores) {
      if (!take.paused || take.ended || !covers(take, recordingNow)) continue;
      take.currentTime = recordingNow - startOf(take);
      start(take);
    }
  }

  function pauseAll() {
    for (const audio of [after, ...befores]) audio.pause();
  }

  function seek(seconds) {
    const to = Math.min(Math.max(seconds, 0), total);
    pauseAll();
    recordingNow = recordingTime(to);
    if (side === "after") after.currentTime = to;
    if (running) resume();
    show(to);
  }

  function resume() {
    if (side === "after") start(after);
    else startBefores();
  }

  function setRunning(wished) {
    const at = now();
    running = wished;
    play.textContent = running ? play.dataset.pause : play.dataset.play;
    if (!running) pauseAll();
    else seek(at >= total - 0.05 ? 0 : at);
  }

  function switchTo(wished) {
    if (wished === side || (wished === "before" && !befores.length)) return;
    const at = now();
    side = wished;
    deck.classList.toggle("before-on", side === "before");
    for (const radio of deck.querySelectorAll("input[name=side]")) {
      radio.checked = radio.value === side;
    }
    seek(at);
  }

  function clockOf(seconds) {
    const whole = Math.floor(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    if (!parts[0]) parts.shift();
    return parts.map((part, i) => (i ? String(part).padStart(2, "0") : part)).join(":");
  }

  function show(at) {
    const wide = document.querySelector(".waves svg").viewBox.baseVal.width;
    const x = total ? (wide * at) / total : 0;
    document.getElementById("heard-part").setAttribute("width", x);
    document.getElementById("needle").setAttribute("d", `M${x} 0V100`);
    document.getElementById("clock").textContent = clockOf(at);
    place.value = at;
    place.setAttribute("aria-valuetext", clockOf(at));
  }

  function tick() {
    if (running) {
      const at = now();
      show(at);
      if (side === "before") goOn();
      if (side === "after" ? after.ended : befores.every((take) => take.paused)) setRunning(false);
    }
    requestAnimationFrame(tick);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.jump");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    running = true;
    play.textContent = play.dataset.pause;
    const seconds = Number(link.dataset.seconds);
    seek(link.hasAttribute("data-exact") ? seconds : seconds - lead);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isControl = event.target.closest("button, a, summary, input[type=radio]");
    if (event.key === " " && !isControl) setRunning(!running);
    else if (event.key === "x") switchTo(side === "after" ? "before" : "after");
    else return;
    event.preventDefault();
  });

  play.addEventListener("click", () => setRunning(!running));
  place.addEventListener("input", () => seek(Number(place.value)));
  for (const radio of deck.querySelectorAll("input[name=side]")) {
    radio.addEventListener("change", () => switchTo(radio.value));
  }

  for (const part of [place, document.getElementById("controls"), document.getElementById("hint")]) {
    if (part) part.hidden = false;
  }
  deck.querySelector(".players").hidden = true;
  show(0);
  requestAnimationFrame(tick);
}

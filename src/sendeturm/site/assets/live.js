"use strict";
// Asks once a second whether this page has changed. No published page has this script.

{
  const notice = document.querySelector(".preview-notice");
  const words = notice.dataset;
  const path = decodeURIComponent(location.pathname).slice(1);
  const key = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  let unanswered = 0;

  function plays() {
    return [...document.querySelectorAll("audio")].some((one) => !one.paused && !one.ended);
  }

  function tell(text) {
    if (notice.textContent !== text) notice.textContent = text;
    notice.tabIndex = text ? 0 : -1; // a long one is scrolled by keys as well
  }

  // Whoever listens or reads elsewhere is not disturbed: only what shows something else is loaded.
  function hear(state) {
    const version = state.pages[key];
    if (version === words.version) tell(state.notice);
    else if (version === undefined && state.moved[key]) location.replace(`/${state.moved[key]}`);
    else if (version === undefined) tell(words.gone);
    else if (plays()) tell(words.later);
    else location.reload();
  }

  async function ask() {
    try {
      hear(await (await fetch(words.state, { cache: "no-cache" })).json());
      unanswered = 0;
    } catch {
      unanswered += 1;
      if (unanswered > 2) tell(words.ended);
    }
  }

  async function keepWatch() {
    if (!document.hidden) await ask();
    setTimeout(keepWatch, 1000);
  }

  keepWatch();
}

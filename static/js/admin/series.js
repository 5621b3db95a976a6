// Tells the dates of a series while its form is filled in. Without this script the button beside them does.

const told = document.querySelector("#series-dates[data-address]");
const form = told?.closest("form");
const NAMES = new Set([
  ...["first_day", "repeats", "every", "weekdays", "which", "weekday", "month_day", "ends", "until", "count"],
  ...["rule", "extra_days", "left_out"],
]);
const WAIT = 400; // milliseconds after the last key

if (form) {
  let timer, asked;

  async function tell() {
    asked?.abort();
    asked = new AbortController();
    const sent = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (NAMES.has(name) || name === "csrfmiddlewaretoken") sent.append(name, value);
    }
    try {
      const answer = await fetch(told.dataset.address, { method: "POST", body: sent, signal: asked.signal });
      if (!answer.ok || answer.redirected) return; // signed out: saving will say so
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      told.replaceChildren(...document.importNode(part.body, true).childNodes);
    } catch {
      // No network, or asked anew meanwhile: what was told stays.
    }
  }

  document.querySelector("[data-show-dates]").hidden = true;
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if (!NAMES.has(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(tell, WAIT);
    });
  }
}

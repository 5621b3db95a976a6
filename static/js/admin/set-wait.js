// "Set the wait": steps of 5 minutes, one number at a time, one message a press, and a page that does not grow old.
// Without this script every button works as well; the page is then as old as it is.

const LOOK_AGAIN = 30_000; // milliseconds

const form = document.querySelector("#wait-form");
if (form) {
  const number = form.querySelector("#id_number");
  const tiles = [...form.querySelectorAll("[name=quick]")];
  const release = () => tiles.forEach((tile) => (tile.checked = false));

  for (const button of form.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = Number.parseInt(document.querySelector(".set-wait__number")?.textContent, 10);
      const chosen = number.value.trim() || tiles.find((tile) => tile.checked)?.value || shown || 0;
      const step = Number(button.dataset.step);
      number.value = Math.min(1440, Math.max(0, (Number.parseInt(chosen, 10) || 0) + step));
      release();
    });
  }
  number.addEventListener("input", () => number.value.trim() && release());
  for (const tile of tiles) tile.addEventListener("change", () => (number.value = ""));
}

// A second tap on the same button would be a second message.
let sent = false;
document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
  setTimeout(() => (sent = false), 8000); // where no answer comes, it can be sent again
});
window.addEventListener("pageshow", () => (sent = false));

document.querySelector("[data-question]")?.focus();

const now = document.querySelector("[data-visitors-see]");
let lookedAt = performance.now();

async function lookAgain() {
  if (!now || document.hidden || sent || performance.now() - lookedAt < LOOK_AGAIN / 2) return;
  lookedAt = performance.now();
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-visitors-see]");
    if (!fresh || sent) return; // signed out: what stands here blanks itself in time
    now.replaceChildren(...document.importNode(fresh, true).childNodes);
    for (const [name, value] of [["seen", fresh.dataset.seen], ["seen_status", fresh.dataset.seenStatus]]) {
      for (const input of document.querySelectorAll(`[name=${name}]`)) input.value = value;
    }
    document.dispatchEvent(new Event("htmx:afterSwap")); // expiry.js looks at what is new
  } catch {
    // No network: the number that stands here blanks itself when its time is over.
  }
}

setInterval(lookAgain, LOOK_AGAIN);
document.addEventListener("visibilitychange", lookAgain);

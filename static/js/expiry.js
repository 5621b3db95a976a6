// Takes a wait time off the page at the instant when it stops being true, in a tab left open as well.
//
//   <div data-expires-at="2024-06-04T18:50:00+00:00" data-now="2024-06-04T18:31:02+00:00">
//     ... the reading ...
//     <template>the sentence that stands in its place</template>
//   </div>
//
// Both instants are the server's: the visitor's clock may be wrong by years. What is left of a reading is
// expires-at less now, less the time since the page was made. That time has two parts:
//
// - before it came here: a page may have lain in a cache. The server tells by Server-Timing (age); where it
//   does not, the Date of a fresh answer does; where nobody does, a page out of the browser's own cache is
//   not trusted.
// - since then: performance.now() stands still while some devices sleep and Date.now() jumps when the clock
//   is set, so the larger counts. Blanking too early is safe, too late is not.

const startedAt = Date.now() - performance.now();
const elapsed = () => Math.max(performance.now(), Date.now() - startedAt);

const madeAt = new WeakMap(); // element: what elapsed() was when the server made it
let requestedAt = 0; // the page itself was asked for at 0, a fragment when htmx asks
let timer;

async function ageOnArrival(page) {
  const [navigation] = performance.getEntriesByType("navigation");
  const told = navigation?.serverTiming?.find((entry) => entry.name === "age");
  if (told) return told.duration;
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    await answer.text(); // empty, but unread it leaves the request open
    const age = Date.parse(answer.headers.get("Date")) - Date.parse(page.dataset.now) - elapsed();
    return Math.max(0, age) || 0;
  } catch {
    const fromOwnCache = navigation?.type === "back_forward" || navigation?.transferSize === 0;
    return fromOwnCache ? Infinity : 0;
  }
}

function blank(element) {
  const template = element.querySelector("template");
  element.removeAttribute("data-expires-at");
  if (template) element.replaceChildren(template.content.cloneNode(true));
}

function check() {
  let next = 30_000; // timers are late after sleep, so look often
  for (const element of document.querySelectorAll("[data-expires-at][data-now]")) {
    if (!madeAt.has(element)) madeAt.set(element, requestedAt);
    const validFor = Date.parse(element.dataset.expiresAt) - Date.parse(element.dataset.now);
    const left = validFor - (elapsed() - madeAt.get(element));
    if (left > 0) next = Math.min(next, left);
    else blank(element); // an instant that cannot be read leaves NaN, which is not more than 0
  }
  clearTimeout(timer);
  timer = setTimeout(check, next);
}

const first = document.querySelector("[data-expires-at][data-now]");
if (first) {
  check();
  ageOnArrival(first).then((age) => {
    for (const element of document.querySelectorAll("[data-expires-at][data-now]")) {
      if (madeAt.get(element) === 0) madeAt.set(element, -age);
    }
    check();
  });
}

document.addEventListener("visibilitychange", check);
window.addEventListener("pageshow", check);
window.addEventListener("focus", check);
document.addEventListener("htmx:beforeRequest", () => {
  requestedAt = elapsed();
});
document.addEventListener("htmx:afterSwap", check);

// Takes what is true only for a time, a wait or "open now", off the page at the instant when it stops being so,
// in a tab left open as well.
//
//   <div data-expires-at="2024-06-04T18:50:00+00:00">
//     ... the reading ...
//     <template>the sentence that stands in its place, or nothing</template>
//   </div>
//
// The instant is the server's, so what counts is what the server's clock shows now. The visitor's own may be
// wrong by years; it only helps to tell how much time has passed. Two things are kept:
//
// - `passed`: the time since this script began, never less than it was. performance.now() stands still while
//   some devices sleep and Date.now() jumps when the clock is set, so of the two the larger step counts.
// - `offset`: what to add to it for the server's time, never less than that. The server tells by the header
//   Server-Timing (sent) of a page, or by the Date of an answer that no cache has kept.
//
// Where the two clocks disagree, or a page came out of the browser's own cache, nothing is sure: then a wait
// that may be over is covered and the server is asked, and it comes back if the server's clock says so. To
// cover it too early does no harm, too late does.

const LONGEST_IN_A_CACHE = 60_000; // see Cache-Control: between the server and here, no page is kept longer
const JUMP = 5_000; // two clocks that differ by more in one step: asleep, or set by hand
const LOOK_EVERY = 30_000; // timers are late after sleep

let steady = performance.now();
let wall = Date.now();
let passed = steady; // the page was asked for at 0
let offset = Infinity;
let sure = false;
let doubts = 0; // an answer that was under way while a clock jumped tells nothing
let asking = false;
let timer;

const askedFor = new WeakMap(); // htmx's request: [passed, doubts] when it was sent
const covered = new WeakMap(); // element: what stood in it

function tick() {
  const byClock = Date.now() - wall;
  const byTimer = performance.now() - steady;
  wall += byClock;
  steady += byTimer;
  passed += Math.max(byClock, byTimer);
  if (Math.abs(byClock - byTimer) > JUMP) {
    sure = false;
    doubts += 1;
    if (byClock < byTimer) offset = Infinity; // set back: how long it slept before, nobody knows
  }
}

function learn(headers, [sentAt, doubtsThen]) {
  tick();
  const date = Date.parse(headers("Date")) + 1000 * (Number(headers("Age")) || 0);
  if (Number.isNaN(date) || doubts !== doubtsThen) return;
  const told = date + 1000 - sentAt; // Date has whole seconds, and the answer was made after it was asked for
  offset = sure ? Math.max(offset, told) : told;
  sure = true;
}

async function ask() {
  if (asking) return;
  asking = true;
  const sent = [passed, doubts];
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout?.(10_000) });
    await answer.text(); // small, but unread it leaves the request open
    learn((name) => answer.headers.get(name), sent);
  } catch {
    // Offline: what is known must do until the next look.
  }
  asking = false;
  show();
}

function cover(element) {
  const template = element.querySelector("template");
  if (!template) return element.remove();
  covered.set(element, [...element.childNodes]);
  element.replaceChildren(template.content.cloneNode(true));
}

function uncover(element) {
  element.replaceChildren(...covered.get(element));
  covered.delete(element);
}

function show() {
  tick();
  const now = passed + offset;
  let next = LOOK_EVERY;
  for (const element of document.querySelectorAll("[data-expires-at]")) {
    const left = Date.parse(element.dataset.expiresAt) - now;
    const holds = left > 0; // an instant that cannot be read leaves NaN, which is not more than 0
    if (holds) next = Math.min(next, left);
    if (holds && covered.has(element)) uncover(element);
    if (!holds && !covered.has(element)) cover(element);
    if (!holds && sure && !element.hasAttribute("data-over")) {
      element.setAttribute("data-over", "");
      element.dispatchEvent(new CustomEvent("wait:over", { bubbles: true }));
    }
  }
  for (const label of document.querySelectorAll("[data-plain-until]")) {
    const left = Date.parse(label.dataset.plainUntil) - now;
    if (left > 0) next = Math.min(next, left);
    else if (Number.isFinite(now)) {
      label.textContent = label.dataset.then;
      label.removeAttribute("data-plain-until");
    }
  }
  clearTimeout(timer);
  timer = setTimeout(look, next);
}

function look() {
  show();
  if (!sure && document.querySelector("[data-expires-at]")) ask();
}

// What came whole over the network in this visit was sent by the server a minute ago at most.
const [visit] = performance.getEntriesByType("navigation");
const sentAt = Date.parse(visit?.serverTiming?.find((entry) => entry.name === "sent")?.description);
if (visit?.type !== "back_forward" && visit?.transferSize > visit?.encodedBodySize && sentAt) {
  offset = sentAt + LONGEST_IN_A_CACHE;
}
look();

document.addEventListener("visibilitychange", look);
window.addEventListener("pageshow", look);
window.addEventListener("focus", look);
window.addEventListener("online", look);
document.addEventListener("htmx:beforeRequest", (event) => {
  tick();
  askedFor.set(event.detail.xhr, [passed, doubts]);
});
document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
  if (askedFor.has(xhr)) learn((name) => xhr.getResponseHeader(name), askedFor.get(xhr));
});
document.addEventListener("htmx:afterSwap", show);

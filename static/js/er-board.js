// Keeps waits up to date in an open tab, and tells a screen reader what has changed.
//
//   <div data-refreshed hx-get="/er/" hx-trigger="refresh">
//     <div data-department="backus" data-says="Backus Hospital: 25 minutes" data-says-over="...">   for each one
//   </div>
//   <p class="visually-hidden" role="status"></p>
//
// htmx fetches about once a minute: not to the second, so that tabs opened together do not ask together; less
// often while answers fail; never in a tab that nobody sees, and at once when it is seen again and late.

const EVERY = 60_000;
const LONGEST = 8 * 60_000;

// Of two clocks the one that went further: one stands still in sleep, the other may be set.
const clocks = () => [performance.now(), Date.now()];
const since = (then) => Math.max(...clocks().map((now, which) => now - then[which]));

function saidBy(board) {
  const rows = [...board.querySelectorAll("[data-department]")];
  const words = (row) => (row.querySelector("[data-over]") ? row.dataset.saysOver : row.dataset.says);
  return new Map(rows.map((row) => [row.dataset.department, words(row)]));
}

function keepUpToDate(board) {
  const status = board.parentElement.querySelector(":scope > [role=status]");
  let said = saidBy(board);
  let version = '"none yet"'; // an ETag goes with every request, which also leads past the browser's own cache
  let failures = 0;
  let asking = false;
  let askedAt = clocks();
  let interval;
  let timer;

  function plan() {
    clearTimeout(timer);
    if (!asking && !document.hidden && board.isConnected) timer = setTimeout(refresh, Math.max(0, interval - since(askedAt)));
  }

  function refresh() {
    askedAt = clocks();
    asking = true;
    board.dispatchEvent(new Event("refresh"));
  }

  function rest() {
    interval = Math.min(EVERY * 2 ** failures, LONGEST) * (0.9 + Math.random() * 0.2);
    plan();
  }

  function announce() {
    const now = saidBy(board);
    const news = [...now].filter(([department, words]) => said.get(department) !== words);
    said = now;
    if (news.length) status.textContent = news.map(([, words]) => words).join(". ");
  }

  board.addEventListener("htmx:configRequest", ({ detail }) => {
    detail.headers["If-None-Match"] = version;
  });
  board.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status === 304) detail.shouldSwap = false; // it has no body
    else if (detail.xhr.status === 200) version = detail.xhr.getResponseHeader("ETag") ?? version;
  });
  board.addEventListener("htmx:afterSwap", announce);
  board.addEventListener("wait:over", announce);
  board.addEventListener("htmx:afterRequest", ({ detail }) => {
    asking = false;
    failures = detail.successful ? 0 : failures + 1;
    rest();
  });
  document.addEventListener("visibilitychange", plan);
  window.addEventListener("pageshow", plan);
  window.addEventListener("online", () => {
    failures = 0;
    if (!asking) rest();
  });
  rest();
}

const kept = new WeakSet();

function keepAllUpToDate() {
  for (const board of document.querySelectorAll("[data-refreshed]")) {
    if (!kept.has(board)) keepUpToDate(board);
    kept.add(board);
  }
}

keepAllUpToDate();
document.addEventListener("htmx:afterSettle", keepAllUpToDate); // a page of results brings one with what was found

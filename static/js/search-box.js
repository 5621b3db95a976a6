// Suggests while somebody types into a search box: a combobox with a list, by the pattern of the ARIA practices.
//
//   <form role="search" data-suggestions="/search/suggestions/" data-label="Suggestions">
//     <input type="search" name="q" id="...">
//
// The server answers with the options of the list, in groups; each option is a link. Where it does not answer
// there is no list, and the form works as it does without this script.

const WAIT = 120; // milliseconds without a key before it asks
const FEWEST = 2; // letters or digits
const ROOM = 240; // pixels that a list must have to be of use: five options

function searchBox(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  const status = document.createElement("p");
  let asking = null; // the request that is under way
  let timer;
  let shownFor = ""; // the words that the list is about
  let active = null; // the option that has the visual focus

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.classList.add("search-form--suggesting");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) {
    input.setAttribute(name, value);
  }

  const options = () => [...list.querySelectorAll("[role=option]")];
  const isOpen = () => !list.hidden;
  const words = () => input.value.trim();
  const letters = () => words().match(/[\p{L}\p{N}]/gu)?.length ?? 0;

  function activate(option) {
    active?.setAttribute("aria-selected", "false");
    active = option ?? null;
    if (active) {
      active.setAttribute("aria-selected", "true");
      active.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", active.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function fit() {
    if (!isOpen()) return;
    const view = window.visualViewport;
    const bottom = view ? view.offsetTop + view.height : window.innerHeight;
    const room = () => bottom - input.getBoundingClientRect().bottom - 8;
    if (room() < ROOM) form.scrollIntoView({ block: "start" }); // a keyboard covers the lower half
    list.style.maxBlockSize = `${Math.max(room(), ROOM)}px`;
  }

  function open() {
    if (!options().length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    fit();
  }

  function close() {
    activate(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function forget() {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
    close();
    list.replaceChildren();
    shownFor = "";
    status.textContent = "";
  }

  async function ask() {
    asking?.abort();
    const request = (asking = new AbortController());
    const typed = words();
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
      const html = answer.ok ? await answer.text() : "";
      if (request === asking) show(typed, html);
    } catch {
      if (request === asking) forget(); // offline, or the server is: the form is still there
    }
  }

  function show(typed, html) {
    asking = null;
    if (document.activeElement !== input) return forget();
    const parsed = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    close();
    list.replaceChildren(...(parsed ? [parsed] : []));
    // Two boxes on one page may suggest the same thing.
    for (const each of list.querySelectorAll("[id]")) each.id = `${input.id}-${each.id}`;
    for (const group of list.querySelectorAll("[aria-labelledby]")) {
      group.setAttribute("aria-labelledby", `${input.id}-${group.getAttribute("aria-labelledby")}`);
    }
    shownFor = typed;
    status.textContent = parsed?.dataset.says ?? "";
    open();
  }

  function move(step) {
    const all = options();
    if (!isOpen()) open();
    if (!isOpen()) return;
    const from = all.indexOf(active);
    const to = from < 0 ? (step > 0 ? 0 : all.length - 1) : (from + step + all.length) % all.length;
    activate(all[to]);
  }

  const keys = {
    ArrowDown: (event) => (event.altKey ? open() : move(1)),
    ArrowUp: (event) => (event.altKey ? close() : move(-1)),
    Enter: () => active?.click(),
    Escape: () => (isOpen() ? close() : clear()),
  };

  function clear() {
    input.value = "";
    forget();
  }

  input.addEventListener("input", () => {
    activate(null); // what is typed now is no longer what was chosen
    clearTimeout(timer);
    if (letters() < FEWEST) forget();
    else timer = setTimeout(ask, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Tab") close();
    // Home, End and the arrows to the side belong to the text: the visual focus goes back to it.
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) activate(null);
    if (event.key === "Enter" && !active) return forget(); // the form is sent
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key](event);
  });

  // Whoever comes back to words that were typed before sees the list again with an arrow key or a click.
  input.addEventListener("click", () => {
    if (shownFor && shownFor === words()) open();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") event.preventDefault(); // the focus stays in the box, and the list open
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  window.visualViewport?.addEventListener("resize", fit);
  window.addEventListener("pageshow", (event) => event.persisted && forget());
}

document.querySelectorAll("[data-suggestions]").forEach(searchBox);

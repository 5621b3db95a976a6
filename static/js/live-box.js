// Tells what became of a search box that fills a list while somebody types.
//
//   <form data-live hx-get="/contact/" hx-target="#live-found">
//   <p id="live-count" role="status">     how many were found; comes with every answer
//   <div id="live-found">
//   <template id="live-trouble" data-says="The list could not be loaded.">     what stands in place of the list then
//
// A screen reader hears how many there are once the typing rests, and nothing twice. Where no answer comes, nobody
// takes an older list for what he asked for: it gives way to the main number, until the network is back.

const CALM = 1000; // milliseconds without another answer before it is told

function liveBox(form) {
  const count = document.getElementById("live-count");
  const found = document.getElementById("live-found");
  const trouble = document.getElementById("live-trouble");
  const status = document.createElement("p");
  let timer;
  let failed = false;

  count.removeAttribute("role");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  count.after(status);

  function tell() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = count.textContent.trim().replace(/\s+/g, " ");
      if (words !== status.textContent) status.textContent = words;
    }, CALM);
  }

  function fail() {
    failed = true;
    count.textContent = trouble.dataset.says;
    found.replaceChildren(trouble.content.cloneNode(true));
    tell();
  }

  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) return; // failed, or given up for a newer one
    failed = false;
    tell();
  });
  for (const each of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) form.addEventListener(each, fail);
  window.addEventListener("online", () => failed && form.requestSubmit());
}

document.querySelectorAll("form[data-live]").forEach(liveBox);

// Lets what htmx asks for by itself rest while nobody looks, in a hidden tab, and while there is no network.
//
// An element that also has the trigger "visibilitychange from:document" asks at once when the tab comes back.

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") return;
  if (document.hidden || !navigator.onLine) event.preventDefault();
});

// Shows the buttons to share a page and to copy its address, where the browser can do it. Without this module
// they stay hidden: the address stands in the browser's own line.

const said = document.querySelector("[data-share-said]");
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;

const offer = (selector, can, act) => {
  for (const button of document.querySelectorAll(selector)) {
    button.hidden = !can;
    button.addEventListener("click", () => act(button));
  }
};

offer("[data-share]", Boolean(navigator.share), async () => {
  try {
    await navigator.share({ title: document.title, url: address });
  } catch {
    // Whoever closes the list again has changed their mind; there is nothing to say.
  }
});

offer("[data-copy-link]", Boolean(navigator.clipboard), async (button) => {
  try {
    await navigator.clipboard.writeText(address);
    said.textContent = button.dataset.copied;
  } catch {
    said.textContent = address;
  }
});

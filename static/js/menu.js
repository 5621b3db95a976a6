// Makes the link to the menu a button that opens and closes it in place.
// Without this module the link leads to #main-nav, which :target shows.

const link = document.querySelector("[data-menu-link]");
const menu = link && document.querySelector(link.hash);

if (menu) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.setAttribute("aria-controls", menu.id);
  link.replaceWith(button);

  const setOpen = (open) => {
    menu.classList.toggle("is-open", open);
    button.setAttribute("aria-expanded", String(open));
    button.querySelector("use")?.setAttribute("href", open ? button.dataset.closeIcon : button.dataset.menuIcon);
  };

  const icon = button.querySelector("use")?.getAttribute("href") ?? "";
  button.dataset.menuIcon = icon;
  button.dataset.closeIcon = icon.replace(/#.*$/, "#close");
  setOpen(false);

  button.addEventListener("click", () => setOpen(button.getAttribute("aria-expanded") === "false"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.classList.contains("is-open")) {
      setOpen(false);
      button.focus();
    }
  });
}

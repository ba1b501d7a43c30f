// The help of a page: its chapter of the guide, in a dialog. Without this script the link leads there.
const link = document.querySelector("[data-help]");
let dialog = null;

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const chapterOf = async () => {
  const answer = await fetch(link.href);
  const guide = new DOMParser().parseFromString(await answer.text(), "text/html");
  const chapter = guide.getElementById(link.dataset.help);
  const title = guide.getElementById(`${link.dataset.help}-title`);
  chapter.removeAttribute("id"); // the page may have the same
  title.id = "help-title";
  chapter.prepend(title);
  return chapter;
};
const open = async () => {
  try {
    dialog ??= element("dialog", { className: "help" }, await chapterOf(), element("p", { className: "help-ways" },
      element("button", { type: "button", className: "btn", textContent: link.dataset.close, onclick: () => dialog.close() }),
      element("a", { href: link.href, className: "btn btn-link", textContent: link.dataset.all }),
    ));
  } catch {
    location.assign(link.href);
    return;
  }
  if (dialog.open) return;
  dialog.setAttribute("aria-labelledby", "help-title");
  document.body.append(dialog);
  dialog.showModal();
};

// A chapter that the address names is unfolded; not all browsers do that by themselves.
const named = document.querySelector(".guide-text :target")?.closest("details");
if (named && !named.open) {
  named.open = true;
  named.scrollIntoView();
}

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
// A page that lists keys of its own shows those at this key.
const hasOwnKeys = () => document.querySelector("#keys, [data-key='?']");
link?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
addEventListener("keydown", (event) => {
  if (!link || event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || isTyping(event.target) || hasOwnKeys() || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  open();
});

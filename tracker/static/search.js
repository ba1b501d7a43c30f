// The search box in the header suggests while typing. Without this script it is a plain form.
// In a block, because classic scripts of a page share their names.
{
  const form = document.querySelector("[data-search]");
  const box = document.querySelector("[data-search-box]");
  if (form) {
    const list = form.querySelector("[data-search-found]");
    const said = form.querySelector("[data-search-said]");
    const PAUSE = 180;
    let timer = 0;
    let latest = 0;
    const show = (parts) => {
      list.replaceChildren(...parts);
      list.hidden = parts.length === 0;
    };
    const ask = async () => {
      const asked = box.value.trim();
      const turn = ++latest;
      if (!asked) { show([]); said.textContent = ""; return; }
      try {
        const response = await fetch(`${form.dataset.search}?${new URLSearchParams({ q: box.value })}`, { redirect: "manual" });
        if (!response.ok || turn !== latest) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        said.textContent = page.querySelector("[data-search-count]")?.textContent ?? "";
        show([...page.body.childNodes]);
      } catch { /* the form itself still works */ }
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
    form.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "Escape") {
        latest += 1;
        clearTimeout(timer);
        if (list.hidden || at < 0) box.blur(); else box.focus();
        show([]);
      } else if (event.key === "ArrowDown" && links.length) {
        event.preventDefault();
        links[Math.min(at + 1, links.length - 1)].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (links[at - 1] ?? box).focus();
      }
    });
    document.addEventListener("click", (event) => { if (!form.contains(event.target)) show([]); });
    form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) show([]); });
  }
}

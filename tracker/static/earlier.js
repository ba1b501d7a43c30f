// Beside the form for a proposal: similar earlier proposals, searched while typing. Failures are ignored.
for (const place of document.querySelectorAll("[data-earlier]")) {
  const { form } = document.getElementById(place.dataset.of);
  const fields = ["title_id", "gist_id", "quote"].map((name) => form.elements[name]).filter(Boolean);
  let timer = 0;
  let latest = 0;
  const ask = async () => {
    const turn = ++latest;
    const text = form.elements.title_id.value.trim() && fields.map((field) => field.value).join(" ");
    if (!text) { place.replaceChildren(); return; }
    try {
      const response = await fetch(`${place.dataset.earlier}?${new URLSearchParams({ text: text.slice(0, 2000) })}`, { redirect: "manual" });
      if (!response.ok || turn !== latest) return;
      const part = new DOMParser().parseFromString(await response.text(), "text/html");
      place.replaceChildren(...part.body.childNodes);
    } catch { /* it is a help, not a condition */ }
  };
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });
}

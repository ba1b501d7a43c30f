// Moving lines: the menu of a line, and dragging a line by its number.
export const createArranging = ({ root, template, agenda, send }) => {
  const shared = document.createElement("div");
  shared.className = "line-menu";
  shared.append(template.content.cloneNode(true));
  const items = shared.querySelector("[data-items]");

  const lineOf = (target) => target.closest("[data-line]");
  const addressOf = (line, what) => `${line.querySelector("[data-edit]").getAttribute("href")}/${what}`;
  const move = (line, fields) => send(addressOf(line, "move"), fields);
  const open = (tools) => {
    const here = lineOf(tools).closest("[data-section]").dataset.section;
    items.querySelectorAll("button").forEach((old) => old.remove());
    for (const { value, textContent } of agenda?.options ?? []) {
      if ((value || "0") === here) continue;
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent });
      Object.assign(button.dataset, { do: "move", item: value || "0" });
      items.append(button);
    }
    tools.querySelector(".menu-list").append(shared);
    shared.scrollIntoView({ block: "nearest" });
  };
  root.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.("[data-line-tools]") || !target.open) return;
    for (const other of root.querySelectorAll("[data-line-tools][open]")) if (other !== target) other.open = false;
    open(target);
  }, true);
  shared.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (!button) return;
    const { way, item } = button.dataset;
    const line = lineOf(button);
    const fields = { ...(way && { way }), ...(item && { item }) };
    send(addressOf(line, button.dataset.do), fields);
    button.closest("details").open = false;
    line.querySelector("[data-line-tools] summary").focus();
  });

  // --- Dragging ---
  let dragged = null;
  let over = null;
  const mark = (target, side) => {
    over?.target.classList.remove("is-before", "is-after");
    over = target && { target, side };
    target?.classList.add(`is-${side}`);
  };
  root.addEventListener("pointerdown", ({ target, pointerType }) => {
    const handle = pointerType === "mouse" && target.closest("[data-handle]");
    if (handle) lineOf(handle).draggable = true;
  });
  root.addEventListener("pointerup", ({ target }) => lineOf(target)?.removeAttribute("draggable"));
  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-line][draggable]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("is-dragged");
  });
  root.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const line = lineOf(event.target);
    const heading = event.target.closest("[data-section]")?.querySelector(".agenda-item");
    if (line && line !== dragged) {
      const { top, height } = line.getBoundingClientRect();
      mark(line, event.clientY < top + height / 2 ? "before" : "after");
    } else if (!line && heading) mark(heading, "after");
    else { mark(null); return; }
    event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    if (!dragged || !over) return;
    event.preventDefault();
    const { target, side } = over;
    const number = target.dataset.line;
    const section = target.closest("[data-section]");
    const first = section.querySelector("[data-line]");
    if (number) move(dragged, { [side]: number });
    else if (first && first !== dragged) move(dragged, { before: first.dataset.line });
    else if (!first) move(dragged, { item: section.dataset.section });
  });
  root.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged?.removeAttribute("draggable");
    mark(null);
    dragged = null;
  });

  return {
    move,
    // Before its line is drawn again, the menu is taken out, closed.
    leave(part) {
      if (!part.contains(shared)) return;
      shared.closest("details").open = false;
      shared.remove();
    },
  };
};

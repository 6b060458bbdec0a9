"use strict";
// Filters and sorts the items. Without it the page shows all of them, in the order of the documents.
(() => {
  const form = document.getElementById("filters");
  const table = document.getElementById("list");
  if (!form || !table) return;
  const bodies = Array.from(table.tBodies);
  const rows = bodies.flatMap((body) => Array.from(body.rows));
  const size = bodies[0].rows.length;
  const count = document.getElementById("count");
  const field = (name) => document.getElementById(name);
  const [words, status, proof, unit, gate, found] = ["words", "status", "proof", "unit", "gate", "found"].map(field);
  let entries = null;
  let planned = 0;

  // Read once, and only when somebody asks: ten thousand rows take a while to read.
  const read = () => {
    entries ??= rows.map((row, place) => ({
      row, place, text: row.textContent.toLowerCase(), status: row.dataset.s, proof: ` ${row.dataset.e} `,
      unit: row.dataset.u, gate: row.dataset.g, findings: Number(row.dataset.n), isShown: true,
    }));
    return entries;
  };

  const filter = () => {
    planned = 0;
    const terms = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const state = proof.value && ` ${proof.value} `;
    const shown = new Array(bodies.length).fill(0);
    read().forEach((one, at) => {
      const isShown = (!status.value || one.status === status.value) && (!state || one.proof.includes(state))
        && (!unit?.value || one.unit === unit.value) && (!gate?.value || one.gate === gate.value)
        && (!found.checked || one.findings > 0) && terms.every((term) => one.text.includes(term));
      if (isShown !== one.isShown) one.row.hidden = !isShown;
      one.isShown = isShown;
      shown[Math.floor(at / size)] += isShown;
    });
    bodies.forEach((body, at) => {
      body.hidden = !shown[at];
      // The room that a body takes while it is out of sight.
      body.style.setProperty("--rows", shown[at]);
    });
    const sum = shown.reduce((one, other) => one + other, 0);
    const total = rows.length.toLocaleString("en");
    const noun = rows.length === 1 ? "item" : "items";
    count.textContent = sum === rows.length ? `${total} ${noun}` : `${sum.toLocaleString("en")} of ${total} ${noun}`;
  };
  const plan = () => { planned ||= requestAnimationFrame(filter); };

  const statuses = Array.from(status.options, (option) => option.value);
  const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const cell = (one, at) => one.row.children[at].textContent.trim();
  const proofs = (one, at) => one.row.children[at].querySelectorAll("li").length;
  const keys = [cell, (one) => statuses.indexOf(one.status), cell, proofs, cell, cell, (one) => one.findings];
  const sort = (heading, at) => {
    const isUp = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const sign = isUp ? 1 : -1;
    for (const one of read()) one.key = keys[at](one, at);
    const differ = typeof entries[0].key === "number" ? (a, b) => a - b : (a, b) => (a === b ? 0 : names.compare(a, b));
    entries.sort((a, b) => {
      // What is blank stands last, whichever way.
      if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
      return sign * differ(a.key, b.key) || a.place - b.place;
    });
    for (const body of bodies) body.replaceChildren();
    bodies.forEach((body, at) => body.append(...entries.slice(at * size, (at + 1) * size).map((one) => one.row)));
    filter();
  };

  Array.from(table.tHead.rows[0].cells).forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading, at));
    heading.append(button);
  });
  // A cell of the heat map shows its items.
  const heat = document.getElementById("heat");
  const across = heat?.dataset.across === "gate" ? gate : status;
  for (const row of heat?.tBodies[0].rows ?? []) {
    Array.from(row.cells).slice(1).forEach((cell, at) => {
      if (!cell.firstChild) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      button.addEventListener("click", () => {
        form.reset();
        unit.value = row.cells[0].dataset.key;
        across.value = heat.tHead.rows[0].cells[at + 1].dataset.key ?? "";
        plan();
        field("items").scrollIntoView();
        unit.focus({ preventScroll: true });
      });
      cell.append(button);
    });
  }

  form.addEventListener("input", plan);
  form.addEventListener("reset", () => setTimeout(plan));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  plan();

  // A link to a rule opens what it leads to.
  const open = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("details")?.setAttribute("open", "");
  addEventListener("hashchange", open);
  open();

  // What stays folded is not printed: one button unfolds it all, for who wants all on paper.
  const fold = field("fold");
  const said = ["Unfold all", "Fold all"];
  fold.addEventListener("click", () => {
    const isOpen = fold.dataset.open !== "true";
    for (const one of document.querySelectorAll("details")) one.open = isOpen;
    fold.dataset.open = isOpen;
    fold.textContent = said[Number(isOpen)];
  });
  fold.hidden = false;
})();

// Keys for those who work through many reports. Every key presses a button or follows a link that
// is on the page anyway; without this script nothing is missing.
(() => {
  "use strict";
  const SWITCH = "desk-keys";
  const rows = [...document.querySelectorAll("[data-row], [data-part]")];
  const list = document.getElementById("keys");
  const box = document.getElementById("keys-on");
  let at = -1;

  const isOn = () => localStorage.getItem(SWITCH) !== "off";
  const press = (element) => element && element.click();

  function select(next) {
    if (!rows.length) return;
    at = Math.min(Math.max(next, 0), rows.length - 1);
    rows.forEach((row, number) => row.classList.toggle("selected", number === at));
    const goal = rows[at].querySelector("[data-open]") || rows[at];
    goal.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function jump(name) {
    const goal = document.querySelector(`[data-jump="${name}"]`);
    if (!goal) return;
    const folded = goal.closest("details");
    if (folded) folded.open = true;
    const section = goal.closest("section");
    goal.scrollIntoView({ block: "start" });
    const parts = rows.findIndex((row) => section.contains(row));
    if (parts >= 0) return select(parts);
    const first = section.querySelector("textarea, summary, input:not([type=hidden])");
    (first || goal).focus({ preventScroll: true });
  }

  function pressOf(key) {
    const there = rows[at] && rows[at].querySelector(`[data-do="${key}"]`);
    press(there || document.querySelector(`[data-key="${key}"]`));
  }

  // Opens the form by which the chosen part is corrected, and goes into its first field.
  function correct() {
    const summary = rows[at] && rows[at].querySelector('[data-do="e"]');
    if (!summary) return;
    const folded = summary.closest("details");
    folded.open = true;
    const field = folded.querySelector("select, input:not([type=hidden])");
    if (!field) return;
    field.focus();
    if (field.select) field.select();
  }

  const acts = {
    j: () => select(at + 1),
    k: () => select(at - 1),
    n: () => pressOf("n"),
    c: () => pressOf("c"),
    s: () => pressOf("s"),
    y: () => pressOf("y"),
    e: () => correct(),
    x: () => pressOf("x"),
    d: () => jump("d"),
    a: () => jump("a"),
    m: () => jump("m"),
    q: () => press(document.querySelector('.menu a[href$="/queue"]')),
    "/": () => {
      const field = document.getElementById("id_identifier");
      if (field) return field.focus();
      press(document.querySelector('.menu a[href$="/search"]'));
    },
    "?": () => {
      if (!list) return;
      list.open = !list.open;
      if (list.open) list.scrollIntoView({ block: "nearest" });
    },
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) return typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = acts[event.key];
    if (!act || (event.key !== "?" && !isOn())) return;
    event.preventDefault();
    act();
  });

  rows.forEach((row, number) => {
    row.addEventListener("focusin", () => {
      at = number;
      rows.forEach((each, other) => each.classList.toggle("selected", other === number));
    });
  });

  // Whoever has just said something of a part finds it chosen again.
  const chosen = rows.findIndex((row) => row.hasAttribute("data-part") && `#${row.id}` === location.hash);
  if (chosen >= 0) select(chosen);

  if (box) {
    box.closest("[hidden]").hidden = false;
    box.checked = isOn();
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  }

  // A form that was sent is not sent twice by an impatient second press.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
})();

/* A cluster's picture: move, enlarge, and show what is beside a spot. It is readable without. */
(() => {
  "use strict";
  const web = document.getElementById("web");
  const tools = document.querySelector(".web-tools");
  if (!web || !tools) return;
  tools.hidden = false;

  const whole = web.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole];
  let chosen = null;
  let held = null;

  const draw = () => web.setAttribute("viewBox", view.map((n) => n.toFixed(1)).join(" "));

  function zoom(by, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) {
    const wide = Math.min(Math.max(view[2] * by, 60), whole[2] * 2);
    const scale = wide / view[2];
    view = [x - (x - view[0]) * scale, y - (y - view[1]) * scale, wide, view[3] * scale];
    draw();
  }

  function move(x, y) {
    view = [view[0] + x * view[2], view[1] + y * view[3], view[2], view[3]];
    draw();
  }

  function place(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(web.getScreenCTM().inverse());
    return [at.x, at.y];
  }

  function choose(spot) {
    chosen = chosen === spot ? null : spot;
    const near = chosen && new Set([chosen.dataset.spot, ...chosen.dataset.near.split(" ")]);
    web.querySelectorAll("g").forEach((g) => g.classList.toggle("dim", !!near && !near.has(g.dataset.spot)));
    web.querySelectorAll("line").forEach((line) => {
      const is = chosen && [line.dataset.a, line.dataset.b].includes(chosen.dataset.spot);
      line.classList.toggle("dim", !!near && !is);
    });
  }

  const acts = {
    "+": () => zoom(0.8),
    "=": () => zoom(0.8),
    "-": () => zoom(1.25),
    0: () => acts.whole(),
    ArrowLeft: () => move(-0.1, 0),
    ArrowRight: () => move(0.1, 0),
    ArrowUp: () => move(0, -0.1),
    ArrowDown: () => move(0, 0.1),
    Escape: () => choose(chosen),
    in: () => zoom(0.8),
    out: () => zoom(1.25),
    whole: () => {
      view = [...whole];
      draw();
    },
  };

  web.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  web.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, ...place(event));
  }, { passive: false });
  web.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, far: false, spot: event.target.closest("g") };
    web.setPointerCapture(event.pointerId);
  });
  web.addEventListener("pointermove", (event) => {
    if (!held) return;
    const size = web.getBoundingClientRect();
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (Math.abs(x) + Math.abs(y) < 4 && !held.far) return;
    const scale = Math.max(view[2] / size.width, view[3] / size.height);
    view = [view[0] - x * scale, view[1] - y * scale, view[2], view[3]];
    held = { ...held, x: event.clientX, y: event.clientY, far: true };
    draw();
  });
  web.addEventListener("pointerup", () => {
    if (held && !held.far && held.spot) choose(held.spot);
    held = null;
  });
  tools.querySelectorAll("[data-web]").forEach((button) => button.addEventListener("click", () => acts[button.dataset.web]()));
})();

// Proof of work for the report form: finds the number that the page's challenge asks for.
// It runs once the reporter starts to write, yields between slices, and never holds the form
// back: a report sent before it is done only takes the slower lane.
"use strict";

(() => {
  const form = document.querySelector("form[data-challenge]");
  if (!form || !window.crypto || !crypto.subtle) return;

  const told = form.querySelector("#work-told");
  const bar = form.querySelector("#work-bar");
  const encoder = new TextEncoder();
  const { algorithm, challenge, salt, signature } = form.dataset;
  const last = Number(form.dataset.max);
  const slice = 250;
  let begun = false;

  const hash = async (number) => {
    const digest = await crypto.subtle.digest(algorithm, encoder.encode(salt + number));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const searchSlice = async (from) => {
    const numbers = Array.from({ length: Math.min(slice, last - from + 1) }, (_, at) => from + at);
    const hashes = await Promise.all(numbers.map(hash));
    const found = hashes.indexOf(challenge);
    return found < 0 ? -1 : from + found;
  };

  const solve = async () => {
    for (let from = 0; from <= last; from += slice) {
      const found = await searchSlice(from);
      bar.value = from / last;
      if (found >= 0) return found;
      await new Promise((resume) => setTimeout(resume));
    }
    return -1;
  };

  const begin = async () => {
    if (begun) return;
    begun = true;
    bar.hidden = false;
    told.textContent = told.dataset.busy;
    const number = await solve();
    bar.hidden = true;
    if (number < 0) {
      told.textContent = "";
      return;
    }
    const payload = { algorithm, challenge, number, salt, signature };
    form.elements.work.value = btoa(JSON.stringify(payload));
    told.textContent = told.dataset.done;
  };

  form.addEventListener("input", begin, { once: true });
})();

// Small comforts where scripts run; every page works without them.
"use strict";

(() => {
  // Leaving replaces this page in the history, so that "back" does not return to it.
  for (const link of document.querySelectorAll("a.leave")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.href);
    });
  }

  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // The list of errors is read out first.
  document.getElementById("errors")?.focus();
})();

// Before anything is drawn: light or dark as the reader chose, else as their system has it.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("coffer-theme");
  } catch (e) {
    chosen = null;
  }
  var dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", dark ? "dark" : "light");
})();

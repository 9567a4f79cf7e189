(function () {
  "use strict";

  var exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  var short = new Intl.DateTimeFormat(undefined, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit"
  });

  var weekday = new Intl.DateTimeFormat(undefined, {
    weekday: "long", day: "numeric", month: "short", year: "numeric", hour: "2-digit",
    minute: "2-digit"
  });

  // Times come in UTC and are shown in the reader's zone; hovering tells the exact instant.
  function localTimes(root) {
    root.querySelectorAll("time[datetime]").forEach(function (element) {
      var instant = new Date(element.getAttribute("datetime"));
      if (!isNaN(instant)) {
        var format = element.hasAttribute("data-weekday") ? weekday : short;
        element.textContent = format.format(instant);
        element.title = exact.format(instant) + " (" + element.getAttribute("datetime") + ")";
      }
    });
    root.querySelectorAll("option[data-time]").forEach(function (option) {
      var instant = new Date(option.getAttribute("data-time"));
      if (!isNaN(instant)) {
        option.textContent = short.format(instant) + option.getAttribute("data-rest");
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    localTimes(document);
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      button.addEventListener("click", function () {
        var html = document.documentElement;
        var next = html.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
        html.setAttribute("data-bs-theme", next);
        try {
          localStorage.setItem("coffer-theme", next);
        } catch (e) {
          // A browser that stores nothing forgets it with the page.
        }
      });
    });
  });

  document.addEventListener("htmx:load", function (event) {
    localTimes(event.detail.elt.parentElement || document);
  });

  // A form that was sent is not sent twice by an impatient click.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("hx-get")) {
      return;
    }
    setTimeout(function () {
      form.querySelectorAll("button[type=submit]").forEach(function (button) {
        button.disabled = true;
      });
    }, 0);
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      location.reload();
    }
  });
})();

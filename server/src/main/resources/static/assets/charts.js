// Draws charts of the figures in a table: elements with data-charts hold both. The library is loaded
// when there is something to draw.
(function () {
  "use strict";

  var SHAPES = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow", "emptyCircle"];
  var COLOURS = {
    light: ["#066fd1", "#c2500a", "#1c7c2c", "#8b3fb8", "#c2185b", "#51606f", "#007f8c", "#7a6400"],
    dark: ["#7cbcff", "#ffb057", "#6fdc8c", "#d6a3f5", "#ff8fb3", "#b6c2cf", "#4fd6d6", "#e8dc5f"]
  };
  var NUMBER = new Intl.NumberFormat("en-GB");
  var charts = [];
  var library = null;

  function loaded(url) {
    library = library || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = url;
      script.onload = function () { resolve(window.echarts); };
      script.onerror = reject;
      document.head.appendChild(script);
    });
    return library;
  }

  function size(bytes) {
    var units = ["bytes", "KB", "MB", "GB", "TB"];
    var unit = 0;
    while (bytes >= 1024 && unit < units.length - 1) {
      bytes /= 1024;
      unit++;
    }
    return (unit > 0 && bytes < 10 ? bytes.toFixed(1) : Math.round(bytes)) + " " + units[unit];
  }

  // Where the axis of percents begins, so that its marks fall on round numbers.
  function lowest(range) {
    return Math.max(0, Math.floor((range.min - 1) / 10) * 10);
  }

  var WORDS = {
    count: function (value) { return NUMBER.format(value); },
    size: size,
    percent: function (value) { return value + " %"; }
  };

  // The columns of a kind: name, and for each row the instant with the value.
  function series(table, kind) {
    var found = [];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (head.dataset.series !== kind) {
        return;
      }
      var points = Array.prototype.map.call(table.tBodies[0].rows, function (row) {
        var value = row.cells[column].dataset.value;
        return [row.dataset.at, value === undefined ? null : Number(value)];
      });
      if (points.some(function (point) { return point[1] !== null; })) {
        found.push({ name: head.textContent, points: points });
      }
    });
    return found;
  }

  function option(kind, lines) {
    var dark = document.documentElement.getAttribute("data-bs-theme") === "dark";
    var text = dark ? "#dce4ec" : "#3b4855";
    var rule = dark ? "#3a4656" : "#e3e8ee";
    var words = WORDS[kind];
    return {
      animation: false,
      color: COLOURS[dark ? "dark" : "light"],
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 12, bottom: lines.length > 2 ? 76 : lines.length > 1 ? 32 : 8, containLabel: true },
      legend: {
        show: lines.length > 1, bottom: 0, left: 0, itemWidth: 18, itemHeight: 8, itemGap: 12,
        textStyle: { color: text }
      },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true,
        backgroundColor: dark ? "#1b2430" : "#ffffff", borderColor: rule,
        textStyle: { color: text, fontSize: 12 },
        valueFormatter: function (value) {
          return value === null || value === undefined ? "\u2013" : words(value);
        }
      },
      xAxis: {
        type: "time", axisLabel: { color: text, hideOverlap: true, fontSize: 11 },
        axisLine: { lineStyle: { color: rule } }, axisTick: { show: false }, splitNumber: 3
      },
      yAxis: {
        type: "value", scale: kind === "percent", splitNumber: 3, minInterval: kind === "count" ? 1 : 0,
        min: kind === "percent" ? lowest : 0,
        max: kind === "percent" ? 100 : undefined,
        axisLabel: { color: text, formatter: words, fontSize: 11 },
        splitLine: { lineStyle: { color: rule } }
      },
      series: lines.map(function (line, index) {
        return {
          type: "line", name: line.name, data: line.points, symbol: SHAPES[index % SHAPES.length],
          symbolSize: line.points.length > 40 ? 4 : 8, lineStyle: { width: 2 }
        };
      })
    };
  }

  function draw(echarts, part) {
    var table = part.querySelector("[data-figures] table");
    part.querySelectorAll("[data-chart]").forEach(function (figure) {
      var kind = figure.dataset.chart;
      var lines = series(table, kind);
      if (lines.length === 0) {
        return;
      }
      figure.hidden = false;
      var ground = figure.querySelector("[role=img]");
      var chart = echarts.init(ground);
      chart.setOption(option(kind, lines));
      new ResizeObserver(function () { chart.resize(); }).observe(ground);
      charts.push({ chart: chart, kind: kind, lines: lines });
    });
    part.dataset.charts = "drawn";
  }

  function begin(root) {
    root.querySelectorAll("[data-charts=yes]").forEach(function (part) {
      part.dataset.charts = "loading";
      loaded(part.dataset.library).then(function (echarts) { draw(echarts, part); }, function () {
        // The table is there all the same.
        part.querySelector("[data-figures]").open = true;
      });
    });
  }

  new MutationObserver(function () {
    charts.forEach(function (known) {
      known.chart.setOption(option(known.kind, known.lines), true);
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });

  document.addEventListener("htmx:load", function (event) {
    begin(event.detail.elt.parentElement || document);
  });
  begin(document);
})();

// Where a reader reaches for a chart, Plotly takes the place of its drawing, in the same box. Nothing loads before that:
// not by itself, and not because a finger passed by.

const hovers = matchMedia("(hover: hover)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const DWELL_MILLISECONDS = 250;
const drawn = new Map();
const asked = new WeakSet(); // by the button, not by a mouse that rested
let library;

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

function load(button) {
  library ??= script(button.dataset.library).then(() => script(button.dataset.locale));
  return library;
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// The colours of the page, light or dark, laid on a figure that comes without any.
function painted(figure) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const axis = { gridcolor: colour("rule"), linecolor: colour("rule"), tickcolor: colour("rule"), zeroline: false };
  const data = figure.data.map((trace) => {
    const front = trace.meta.role === "front";
    const tone = colour(front ? "accent" : "soft");
    return {
      ...trace,
      line: { color: tone, width: front ? 2.5 : 1 },
      marker: trace.type === "bar" ? { color: tone } : { color: tone, size: front ? 8 : 4 },
      opacity: front ? 1 : 0.7,
    };
  });
  const shapes = (figure.layout.shapes ?? []).map((shape) =>
    shape.name === "gap"
      ? { ...shape, fillcolor: colour("rule"), opacity: 0.5 }
      : { ...shape, line: { ...shape.line, color: colour("ink") } },
  );
  return {
    data: data.map((trace) => (trace.type === "bar" ? { ...trace, line: undefined } : trace)),
    layout: {
      ...figure.layout,
      shapes,
      xaxis: { ...figure.layout.xaxis, ...axis, showgrid: figure.data[0].type === "bar" },
      yaxis: { ...figure.layout.yaxis, ...axis },
      font: { family: style.getPropertyValue("--sans"), size: 13, color: colour("ink") },
      hoverlabel: { bgcolor: colour("ink"), font: { color: colour("paper"), size: 15 } },
      modebar: { bgcolor: "transparent", color: colour("soft"), activecolor: colour("accent") },
      dragmode: hovers.matches ? "zoom" : false, // a finger goes on scrolling the page
      paper_bgcolor: colour("paper"),
      plot_bgcolor: colour("paper"),
    },
  };
}

function settings(figure, button) {
  return {
    responsive: true,
    displayModeBar: true,
    displaylogo: false,
    scrollZoom: false,
    locale: document.documentElement.lang,
    modeBarButtons: [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
    toImageButtonOptions: { format: "png", filename: button.dataset.name, scale: 2 },
  };
}

function plotBox(chart, button) {
  const plot = document.createElement("div");
  plot.className = "chart-plot";
  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-label", `${chart.querySelector("figcaption :first-child").textContent}. ${button.dataset.help}`);
  return plot;
}

// Arrows walk through the points; what stands there is shown and said. Bars lie below each other, lines beside.
function walk(chart, plot, figure) {
  const said = chart.querySelector(".chart-said");
  let curve = Math.max(0, figure.data.findIndex((trace) => trace.meta.role === "front"));
  let point = -1;
  const bars = figure.data[0].type === "bar";
  const steps = bars ? { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 } : { ArrowRight: 1, ArrowLeft: -1 };
  plot.addEventListener("keydown", (event) => {
    const last = figure.data[curve].customdata.length - 1;
    if (event.key in steps) {
      point = Math.min(last, Math.max(0, point + steps[event.key]));
    } else if (event.key === "Home" || event.key === "End") {
      point = event.key === "Home" ? 0 : last;
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const count = figure.data.length;
      curve = (curve + (event.key === "ArrowUp" ? 1 : count - 1)) % count;
      point = Math.min(Math.max(point, 0), figure.data[curve].customdata.length - 1);
    } else {
      return;
    }
    event.preventDefault();
    said.textContent = figure.data[curve].customdata[point];
    const values = bars ? figure.data[curve].x : figure.data[curve].y;
    if (values[point] === null) {
      Plotly.Fx.unhover(plot.firstChild);
    } else {
      Plotly.Fx.hover(plot.firstChild, [{ curveNumber: curve, pointNumber: point }]);
    }
  });
}

async function explore(chart, button) {
  if (drawn.has(chart)) return;
  drawn.set(chart, null);
  try {
    const [figure] = await Promise.all([fetched(button.dataset.figure), load(button)]);
    const box = chart.querySelector(".chart-box");
    const plot = plotBox(chart, button);
    const inner = document.createElement("div");
    inner.className = "chart-inner";
    plot.append(inner);
    box.append(plot);
    const { data, layout } = painted(figure);
    await Plotly.newPlot(inner, data, layout, settings(figure, button));
    box.classList.add("explored");
    drawn.set(chart, { figure, inner, plot, box });
    button.setAttribute("aria-pressed", "true");
    walk(chart, plot, figure);
    plot.addEventListener("keydown", (event) => event.key === "Escape" && close(chart, button));
    if (asked.has(chart)) plot.focus();
  } catch {
    drawn.delete(chart);
    asked.delete(chart); // the drawing and its table stay as they are
    chart.querySelector(".chart-plot")?.remove();
    chart.querySelector(".chart-said").textContent = button.dataset.failed;
    library = undefined;
  }
}

function close(chart, button) {
  const { inner, plot, box } = drawn.get(chart);
  Plotly.purge(inner);
  plot.remove();
  box.classList.remove("explored");
  drawn.delete(chart);
  asked.delete(chart);
  button.setAttribute("aria-pressed", "false");
  chart.querySelector(".chart-said").textContent = "";
  button.focus();
}

function press(chart, button) {
  const shown = drawn.get(chart);
  if (shown && asked.has(chart)) {
    close(chart, button);
    return;
  }
  asked.add(chart);
  if (shown) shown.plot.focus();
  else explore(chart, button);
}

for (const button of document.querySelectorAll("button.explore")) {
  const chart = button.closest(".chart");
  let timer;
  button.hidden = false;
  button.addEventListener("click", () => press(chart, button));
  button.addEventListener("focus", () => hovers.matches && load(button).catch(() => { library = undefined; }));
  chart.querySelector(".chart-box").addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse" || !hovers.matches) return;
    timer = setTimeout(() => explore(chart, button), DWELL_MILLISECONDS);
  });
  chart.querySelector(".chart-box").addEventListener("pointerleave", () => clearTimeout(timer));
}

dark.addEventListener("change", () => {
  for (const [, shown] of drawn) {
    if (!shown) continue;
    const { data, layout } = painted(shown.figure);
    Plotly.react(shown.inner, data, layout);
  }
});

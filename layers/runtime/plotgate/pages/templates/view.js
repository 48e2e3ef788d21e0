"use strict";
// The live picture: follows the form, and the snippets and the address follow the picture.
document.documentElement.classList.add("js");
const known = JSON.parse(document.getElementById("data").textContent);
const form = document.getElementById("form");
const fields = [...form.querySelectorAll("[data-field]")];
const stage = document.querySelector(".stage");
const frame = document.getElementById("frame");
const problem = document.getElementById("problem");
const facts = document.getElementById("facts");
const words = document.getElementById("words");
const snippets = document.getElementById("snippets");
const WAIT = 250; // milliseconds after a key or a slider's move
const MOST_PIXELS = 16_000_000;
const SIDES = ["width", "height"];
const VIEW = ["format", ...SIDES, "dpr", "theme"];

// ---- What the form says

const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll("%2C", ",");

function textOf(field) {
  const inputs = [...field.querySelectorAll("[name]")];
  const [first] = inputs;
  if (first.type === "radio") return inputs.find((input) => input.checked)?.value ?? "";
  if (first.closest(".switch")) return String(first.checked);
  if (first.type === "checkbox") return first.closest(".boxes").chosen.join(",");
  return first.value.trim();
}

// The parameters that the form says, without those that are as they are by default; those of the path are never left out.
function said() {
  const texts = { ...known.signed?.view };
  for (const field of fields) {
    const { field: name, default: usual } = field.dataset;
    const text = textOf(field);
    const isNumber = field.querySelector('[type="number"]') !== null;
    const isUsual = text === (usual ?? "") || (isNumber && text !== "" && usual !== undefined && Number(text) === Number(usual));
    if (known.path.includes(`{${name}}`) || !(isUsual || (text === "" && field.dataset.empty === undefined))) texts[name] = text;
  }
  return texts;
}

// Of a protected plot, what its signature locks stays as it is in each URL.
const isFree = (name) => !known.signed || known.signed.free.includes(name);

function addressed(path, texts) {
  let address = path;
  const query = [];
  for (const [name, text] of Object.entries(texts)) {
    if (address.includes(`{${name}}`)) address = address.replace(`{${name}}`, () => encoded(text));
    else if (isFree(name)) query.push(`${encoded(name)}=${encoded(text)}`);
  }
  if (known.signed) query.unshift(known.signed.query);
  return known.stage + address + (query.length ? `?${query.join("&")}` : "");
}

// Of a picture: what it says of the plot, then what it says of every plot, of which `view` may be another.
function pictureOf(texts, view = {}) {
  const own = Object.entries(texts).filter(([name]) => !VIEW.includes(name));
  const shown = VIEW.map((name) => [name, view[name] ?? texts[name] ?? ""]).filter(([, text]) => text !== "");
  return addressed(known.path, Object.fromEntries([...own, ...shown]));
}

const pageOf = (texts) => addressed(`/view${known.path.replace(/^\/plots(?=\/)/, "")}`, texts);

// ---- What stands beside the picture

function values(texts, shown) {
  const format = texts.format ?? "png";
  const isPicture = known.formats[format];
  const size = isPicture ? { width: String(shown.width), height: String(shown.height) } : {};
  const url = (view) => (known.origin || location.origin) + pictureOf(texts, { ...size, ...view });
  const srcset = (theme) =>
    [2, 3]
      .filter(() => isFree("dpr"))
      .filter((ratio) => ratio === 2 || Number(texts.dpr) >= ratio)
      .filter((ratio) => format !== "svg" && shown.width * shown.height * ratio ** 2 <= MOST_PIXELS)
      .map((ratio) => `${url({ dpr: String(ratio), theme })} ${ratio}x`)
      .join(", ");
  return {
    src: url({ dpr: "" }),
    srcset: srcset(texts.theme ?? ""),
    light: url({ dpr: "", theme: "" }),
    light_srcset: srcset(""),
    dark_srcset: [url({ dpr: "", theme: "dark" }), srcset("dark")].filter(Boolean).join(", "),
    width: String(shown.width),
    height: String(shown.height),
    alt: shown.alt,
    title: known.title,
    file: `${known.name}.${format}`,
    component: known.component,
  };
}

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const written = {
  html: escaped,
  json: (text) => JSON.stringify(text),
  markdown: (text) => text.trim().split(/\s+/).join(" ").replace(/([\\`*_[\]<>&!])/g, "\\$1"),
  shell: (text) => `'${text.replaceAll("'", "'\\''")}'`,
  plain: (text) => text,
};

function filled(template, of) {
  const value = /\{(\w+)\|(\w+)\}/g;
  const lines = template.split("\n").filter((line) => {
    const names = [...line.matchAll(value)].map((match) => match[1]);
    return names.length === 0 || names.some((name) => of[name]);
  });
  return lines.map((line) => line.replace(value, (_, name, how) => written[how](of[name]))).join("\n");
}

function showSnippets(texts, shown) {
  const of = values(texts, shown);
  const kind = known.formats[texts.format ?? "png"] ? "picture" : "document";
  for (const section of snippets.querySelectorAll(".snippet")) {
    const template = known.snippets.find((one) => one.name === section.dataset.name && one.of === section.dataset.of);
    section.querySelector("code").textContent = filled(template.text, of);
    section.dataset.fits = template.of === "both" || template.of === kind;
  }
  choose(tabs.find((tab) => tab.ariaSelected === "true" && fits(tab)) ?? tabs.find(fits));
}

function showFiles(texts) {
  for (const link of document.querySelectorAll("[data-format]")) {
    const { format } = link.dataset;
    const view = known.drawn.includes(format) ? {} : { width: "", height: "", dpr: "", theme: "" };
    link.href = pictureOf(dropped(texts, view), { format: format === "png" ? "" : format });
  }
}

const dropped = (texts, names) => Object.fromEntries(Object.entries(texts).filter(([name]) => !(name in names)));
const kilobytes = (bytes) => (bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`);

function showWords(alt) {
  words.querySelector("blockquote").textContent = alt;
  words.hidden = !alt;
}

function showUrl(url) {
  document.getElementById("url").lastChild.textContent = url;
}

// ---- The picture

let asking = null;
let waiting = 0;

// Shows the picture that the form asks for; the one before stays until it is there.
async function show(isFirst = false) {
  clearTimeout(waiting);
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const texts = said();
  const missing = Object.keys(texts).filter((name) => texts[name] === "" && known.path.includes(`{${name}}`));
  if (missing.length) return showProblem({ errors: missing.map((parameter) => ({ parameter, rule: "must not be empty", value: null })) });
  const format = known.formats[texts.format ?? "png"] ? texts.format : undefined;
  const url = pictureOf({ ...texts, format: format ?? "" });
  history.replaceState(null, "", pageOf(texts));
  showFiles(texts);
  showUrl(pictureOf(texts));
  stage.ariaBusy = "true";
  const start = performance.now();
  try {
    const answer = await fetch(url, { signal });
    if (!answer.ok) return showProblem(await answer.json().catch(() => ({})));
    const body = await answer.blob();
    const milliseconds = performance.now() - start;
    const picture = await decoded(url, answer, body, texts);
    if (signal.aborted) return undefined;
    const alt = decodeURIComponent(answer.headers.get("X-Plotgate-Alt") ?? "");
    const dpr = (format ?? "png") === "svg" ? 1 : Number(texts.dpr ?? 1);
    const size = { width: Math.round(picture.naturalWidth / dpr), height: Math.round(picture.naturalHeight / dpr) };
    picture.id = "picture";
    picture.alt = alt;
    [picture.width, picture.height] = [size.width, size.height];
    frame.dataset.theme = texts.theme ?? "light";
    frame.replaceChildren(picture);
    clearProblem();
    for (const part of document.querySelectorAll(".url, .files, .embed")) part.hidden = false;
    showFacts(format ?? "png", picture, body.size, isFirst ? ofPage(url) : milliseconds);
    showWords(alt);
    for (const side of SIDES) {
      const number = form.elements[side];
      if (!number) continue;
      number.placeholder = size[side];
      if (number.value === "") number.previousElementSibling.value = size[side];
    }
    showSnippets(texts, { ...size, alt: known.live ? lastingAlt(texts) : alt });
  } catch (error) {
    if (error.name !== "AbortError") showProblem({ detail: "The picture could not be fetched: is the network there?" });
  } finally {
    if (!signal.aborted) stage.ariaBusy = "false";
  }
  return undefined;
}

// The same URL again comes from the browser's cache, unless nothing may keep it; so its address can be copied.
async function decoded(url, answer, body) {
  const picture = new Image();
  const isKept = !/no-store/.test(answer.headers.get("Cache-Control") ?? "");
  picture.src = isKept ? url : URL.createObjectURL(body);
  await picture.decode();
  return picture;
}

// What is true of a picture whatever its data is, for data may change and the snippet stay.
function lastingAlt(texts) {
  const own = Object.entries(texts).filter(([name]) => !VIEW.includes(name));
  const chosen = own.map(([name, text]) => `${name} ${text}`).join(", ");
  return `${known.title.replace(/\.+$/, "")}${chosen ? `, with ${chosen}` : ""}. ${known.meaning}`.trim();
}

function showFacts(format, picture, bytes, milliseconds) {
  const size = format === "svg" ? "" : `${picture.naturalWidth} × ${picture.naturalHeight} pixels`;
  const time = milliseconds > 0 ? `${kilobytes(bytes)} in ${Math.round(milliseconds)} ms` : kilobytes(bytes);
  facts.textContent = [format.toUpperCase(), size, time].filter(Boolean).join(" · ");
}

// How long the picture took that came with the page: what is fetched to know its words is the same from the cache.
function ofPage(url) {
  const timings = performance.getEntriesByName(new URL(url, location).href);
  return timings.find((timing) => timing.initiatorType === "img" && timing.transferSize > 0)?.duration ?? 0;
}

function clearProblem() {
  stage.classList.remove("failed");
  problem.hidden = true;
  problem.replaceChildren();
  for (const field of fields) setError(field, "");
}

function setError(field, text) {
  const said = field.querySelector(".error");
  said.textContent = text;
  said.hidden = !text;
  field.classList.toggle("wrong", Boolean(text));
  const control = field.querySelector("[name]");
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

// Each rule that is broken stands at its field; what has none, above the picture, which is the one from before.
function showProblem(body) {
  clearProblem();
  stage.classList.add("failed");
  const errors = body.errors ?? [];
  for (const field of fields) {
    const own = errors.filter((error) => error.parameter === field.dataset.field);
    setError(field, own.map(({ rule, value }) => rule + (value === null ? "" : `, not '${value}'`)).join("; "));
  }
  const placed = new Set(fields.map((field) => field.dataset.field));
  const isElsewhere = errors.length === 0 || errors.some((error) => !placed.has(error.parameter));
  const there = frame.childElementCount ? " The picture is the one from before." : "";
  const named = [...new Set(errors.map((error) => error.parameter))].filter((name) => placed.has(name)).join(", ");
  const text = isElsewhere ? (body.detail ?? "The picture could not be drawn.") : `There is no picture of this ${named}.`;
  problem.textContent = text + there;
  problem.hidden = false;
  facts.textContent = "";
}

// ---- The form

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(show, WAIT);
}

for (const slider of form.querySelectorAll('[type="range"]')) {
  const number = slider.nextElementSibling;
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    later();
  });
  number.addEventListener("input", () => {
    if (number.value !== "") slider.value = number.value;
  });
}
for (const picker of form.querySelectorAll(".picker")) {
  const text = picker.previousElementSibling;
  picker.hidden = false;
  const follow = () => {
    picker.value = /^\d{4}-\d\d-\d\d$/.test(text.value.trim()) ? text.value.trim() : "";
  };
  follow();
  text.addEventListener("input", follow);
  picker.addEventListener("input", () => {
    if (picker.value) text.value = picker.value;
    later();
  });
}
for (const boxes of form.querySelectorAll(".boxes")) {
  // In the order in which they are chosen, as the URL has it: those that are chosen already stand first.
  boxes.chosen = [...boxes.querySelectorAll(":checked")].map((input) => input.value);
  boxes.addEventListener("change", ({ target }) => {
    boxes.chosen = boxes.chosen.filter((value) => value !== target.value);
    if (target.checked) boxes.chosen.push(target.value);
  }, true);
}
form.noValidate = true;
form.addEventListener("input", (event) => {
  if (event.target.name) later();
});
form.addEventListener("change", (event) => {
  if (event.target.name && event.target.type !== "text" && event.target.type !== "number") show();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
// `plotgate serve` says so when a file has changed.
document.addEventListener("plotgate-change", (event) => {
  event.preventDefault();
  show();
});

// ---- Tabs and copies

const list = document.createElement("div");
list.className = "tabs";
list.role = "tablist";
list.ariaLabel = "Where to paste it";
const tabs = [...known.snippets].map((snippet, i) => tabOf(snippet, i));
const fits = (tab) => tab.panel.dataset.fits === "true";

function tabOf(snippet, i) {
  const tab = document.createElement("button");
  const isThere = [...snippets.querySelectorAll(".snippet")].find((one) => one.dataset.name === snippet.name && one.dataset.of === snippet.of);
  const panel = isThere ?? snippets.firstElementChild.cloneNode(true);
  if (!isThere) {
    [panel.dataset.name, panel.dataset.of, panel.dataset.fits] = [snippet.name, snippet.of, "false"];
    panel.querySelector("h3").textContent = snippet.name;
    panel.querySelector("p").textContent = snippet.about;
    panel.querySelector("pre").ariaLabel = `${snippet.name} to paste`;
    snippets.append(panel);
  } else panel.dataset.fits = "true";
  Object.assign(tab, { type: "button", role: "tab", id: `tab-${i}`, textContent: snippet.name, panel });
  panel.id = `panel-${i}`;
  panel.role = "tabpanel";
  panel.removeAttribute("aria-labelledby");
  panel.setAttribute("aria-labelledby", tab.id);
  tab.setAttribute("aria-controls", panel.id);
  tab.addEventListener("click", () => choose(tab));
  list.append(tab);
  return tab;
}

function choose(chosen) {
  for (const tab of tabs) {
    tab.hidden = !fits(tab);
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    tab.panel.hidden = tab !== chosen;
  }
}

list.addEventListener("keydown", (event) => {
  const there = tabs.filter(fits);
  const at = there.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const tab = there.at(to % there.length);
  choose(tab);
  tab.focus();
});
snippets.before(list);
snippets.classList.add("tabbed");
choose(tabs.find(fits));

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = button.parentElement.querySelector("code, blockquote");
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
      document.getElementById("said").textContent = "Copied";
      setTimeout(() => {
        button.textContent = "Copy";
        document.getElementById("said").textContent = "";
      }, 2000);
    } catch {
      getSelection().selectAllChildren(text); // to be copied by hand: only secure pages may do it
    }
  });
}

words.open = matchMedia("(min-width: 900px)").matches;
if (problem.hidden) show(true);

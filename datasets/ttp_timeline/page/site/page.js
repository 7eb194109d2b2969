// Start, and show what the address names.
"use strict";

const FIRST_DAY = "2001-01-01";
const MILLISECONDS_A_DAY = 86400000;

async function show() {
  const main = document.getElementById("main");
  const address = readAddress();
  const isNew = main.dataset.page !== `${address.page}/${address.id}`;
  showKnown(address.filters.asof);
  const notices = [...address.notices];
  main.setAttribute("aria-busy", "true");
  if (isNew && address.page !== "overview") main.replaceChildren(el("p", {}, "Loading."));
  if (address.page in pages) await showRecord(main, address);
  else if (address.page in lists) await showTables(main, address);
  else {
    if (address.page !== "overview" && address.page !== "main") notices.push(`There is no page “${address.page}”; this is the overview.`);
    await showOverview(main, address);
  }
  main.dataset.page = `${address.page}/${address.id}`;
  main.setAttribute("aria-busy", "false");
  document.getElementById("notice").textContent = notices.join(" ");
  const heading = main.querySelector("h1");
  document.title = address.page === "overview" ? "ttp-timeline" : `${heading.textContent} – ttp-timeline`;
  for (const link of document.querySelectorAll("header nav a")) {
    const page = link.getAttribute("href").slice(1).split("?")[0];
    link.setAttribute("href", linkTo(page, ""));
    if (page === address.page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (isNew && show.shownOnce) {
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  show.shownOnce = true;
}

function dayNumber(text) {
  return Math.round((Date.parse(text) - Date.parse(FIRST_DAY)) / MILLISECONDS_A_DAY);
}

function numberedDay(number) {
  return new Date(Date.parse(FIRST_DAY) + number * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

function lastDay() {
  return tables.events.reduce((last, row) => (row.known_date > last ? row.known_date : last), FIRST_DAY);
}

function showKnown(known) {
  const slider = document.getElementById("known-slider");
  slider.value = known ? dayNumber(known) : slider.max;
  slider.setAttribute("aria-valuetext", known ?? "now");
  const day = document.getElementById("known-day");
  if (day !== document.activeElement) day.value = known ?? "";
  document.getElementById("known-text").textContent = known ? "Only what had been published by then." : "Everything known now.";
}

function prepareKnown() {
  const slider = document.getElementById("known-slider");
  slider.min = 0;
  slider.max = dayNumber(lastDay());
  const chosen = later(() => setFilters({ asof: Number(slider.value) === Number(slider.max) ? "" : numberedDay(Number(slider.value)) }), 120);
  slider.addEventListener("input", chosen);
  document.getElementById("known-day").addEventListener("change", (event) => setFilters({ asof: event.target.value }));
  document.getElementById("known-now").addEventListener("click", () => setFilters({ asof: "" }));
  document.getElementById("known").addEventListener("submit", (event) => event.preventDefault());
}

function prepareTheme() {
  const root = document.documentElement;
  const set = (dark) => {
    root.dataset.theme = dark ? "dark" : "light";
    root.classList.toggle("dark", dark); // DataTables goes by this class
  };
  set(matchMedia("(prefers-color-scheme: dark)").matches);
  document.getElementById("theme").addEventListener("click", () => set(root.dataset.theme !== "dark"));
}

async function start() {
  prepareTheme();
  await unpack("overview");
  prepareKnown();
  window.addEventListener("hashchange", () => show().catch(failed));
  window.addEventListener("resize", later(() => readAddress().page === "overview" && show().catch(failed), 300));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address holds the page, not a place in it
    document.getElementById("main").focus();
  });
  await show();
}

function failed(error) {
  console.error(error);
  document.getElementById("notice").textContent = `This page failed: ${error.message}`;
}

start().catch(failed);

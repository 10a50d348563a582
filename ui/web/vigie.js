// What Streamlit leaves undone in the page: it brings a new question, or a source that opens out of sight, into view;
// tells screen readers how far an answer has come; copies; says the page's language; and says in French what Streamlit
// says in English, which has no setting.
"use strict";

// Streamlit would otherwise look for its server under the page's own address first, such as /guide/_stcore.
window.__streamlit = { BACKEND_BASE_URL: location.origin };

// --- Language -------------------------------------------------------------------------------------------------------

// What Streamlit says, in French, and in English where the reader chose it.
const WORDS = [
  [/^Skip to main content$/, "Aller au contenu", "Skip to main content"],
  [/^Send message$/, "Envoyer la question", "Send the question"],
  [/^Close$/, "Fermer", "Close"],
  [/^Connection error$/, "Connexion perdue", "Connection lost"],
  [
    /^(Is Streamlit still running|Streamlit server is not responding)[^]*$/,
    "Vigie ne répond plus. Si elle a été arrêtée, lancez « vigie serve » dans un terminal, puis rechargez la page.",
    "Vigie is not answering. If it was stopped, run “vigie serve” in a terminal, then reload the page.",
  ],
  [/^streamlit run yourscript.py$/, "vigie serve", "vigie serve"],
];
const COPIED = { fr: "Copié", en: "Copied" };
const NOT_COPIED = { fr: "Copie impossible", en: "Could not copy" };

const language = () => (document.documentElement.lang === "en" ? "en" : "fr");

const translated = (text) => {
  const said = text.trim();
  const entry = WORDS.find(([streamlit, ...ours]) => streamlit.test(said) || ours.includes(said));
  return entry ? entry[language() === "en" ? 2 : 1] : text;
};

// A checkbox is named by its label's Markdown, whose backslashes would be read aloud.
const named = (label) => translated(label.replace(/\\([!-\/:-@[-`{-~])/g, "$1"));

const translate = (node) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = translated(node.nodeValue);
    if (text !== node.nodeValue) node.nodeValue = text;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".stHtml, style, script")) return;
  const label = node.getAttribute("aria-label");
  if (label && named(label) !== label) node.setAttribute("aria-label", named(label));
  node.childNodes.forEach(translate);
};

// The page's language follows the element that the page draws for it; French where there is none.
const speak = () => {
  const chosen = document.querySelector(".vigie-language[data-lang]")?.dataset.lang ?? "fr";
  if (document.documentElement.lang === chosen) return;
  document.documentElement.lang = chosen;
  translate(document.body);
};

// --- Scrolling ------------------------------------------------------------------------------------------------------

const reveal = (element) => {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
};

const seen = { turn: null, settling: false, sources: new Set() };
const isDone = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";

for (const moved of ["wheel", "touchmove", "keydown"]) {
  addEventListener(moved, () => (seen.settling = false), { passive: true }); // its reader leads now
}

const follow = () => {
  // By its turn's number: earlier turns are folded away as new ones come, and drawn again on demand.
  const asked = [...document.querySelectorAll(".vigie-asked")].at(-1);
  const turn = asked?.closest('[class*="st-key-turn-"]')?.className.match(/st-key-turn-\d+/)?.[0] ?? null;
  if (turn !== null && turn !== seen.turn) {
    reveal(asked);
    seen.settling = true; // what stands above may still be folded away
  } else if (seen.settling && asked && isDone()) {
    seen.settling = false;
    requestAnimationFrame(() => requestAnimationFrame(() => asked.isConnected && reveal(asked)));
  }
  seen.turn = turn;
  const sources = new Set(document.querySelectorAll('[class*="st-key-source-"]'));
  for (const source of sources) {
    if (!seen.sources.has(source) && source.getBoundingClientRect().top > innerHeight / 2) reveal(source);
  }
  seen.sources = sources;
};

// --- Telling --------------------------------------------------------------------------------------------------------

// Streamlit draws a status anew each time, and a screen reader only follows a region that stays.
const say = (id, text) => {
  let region = document.getElementById(id);
  if (!region) {
    region = document.createElement("div");
    region.id = id;
    region.className = "vigie-unseen";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  if (region.textContent !== text) region.textContent = text;
};

const tell = () => say("vigie-live", [...document.querySelectorAll(".vigie-status")].at(-1)?.textContent ?? "");

// --- Copying --------------------------------------------------------------------------------------------------------

const TOLD = 2000; // milliseconds
const telling = new WeakMap(); // the buttons that say they copied, with what puts their own words back

// `navigator.clipboard` is there on https and on this machine only.
const copyBySelecting = (text) => {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "vigie-unseen";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
};

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text);
  }
};

const tellCopied = (button, words) => {
  const shown = telling.get(button) ?? { words: button.textContent };
  clearTimeout(shown.timer);
  button.textContent = words;
  say("vigie-told", words);
  shown.timer = setTimeout(() => {
    button.textContent = shown.words;
    telling.delete(button);
    say("vigie-told", "");
  }, TOLD);
  telling.set(button, shown);
};

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest(".vigie-copy[data-copy]") : null;
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  event.preventDefault();
  const done = await copied(source.innerText);
  tellCopied(button, (done ? COPIED : NOT_COPIED)[language()]);
});

// --------------------------------------------------------------------------------------------------------------------

new MutationObserver((changes) => {
  if (!document.body) return;
  speak();
  for (const change of changes) change.addedNodes.forEach(translate);
  follow();
  tell();
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-test-script-state"] });

// --- Links between views --------------------------------------------------------------------------------------------

// A link of the class vigie-go changes the address as the browser's « back » does, which Streamlit follows without
// loading the page anew: the session, the history and the keyboard are kept. Without this script it is a plain link.
{
  const scroller = () => document.querySelector('[data-testid="stMain"]');
  let view = null; // what is on the screen, as its title says
  let wanted = 0; // how far the view that comes is to be scrolled

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.vigie-go") : null;
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const to = new URL(link.href);
    history.replaceState({ ...history.state, scrolled: scroller()?.scrollTop ?? 0 }, "");
    history.pushState({}, "", to.pathname + to.search);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });

  addEventListener("popstate", (event) => {
    wanted = event.state?.scrolled ?? 0;
  });

  // Once a view is whole: to its top, to the passage it was opened for, or to where it was left; the keyboard on its title.
  const arrive = () => {
    if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning") return;
    const title = document.querySelector("h1.vigie-view");
    const before = view;
    const top = wanted;
    [view, wanted] = [title?.dataset.view ?? null, 0];
    if (!title || view === before) return;
    const here = document.querySelector(".vigie-here");
    if (top) scroller().scrollTop = top;
    else if (here) here.scrollIntoView({ block: "center" });
    else scroller().scrollTop = 0;
    if (before !== null) title.focus({ preventScroll: true });
  };

  // Streamlit may say that it is done an instant before the last elements are drawn.
  let awaited = false;
  new MutationObserver(() => {
    if (awaited) return;
    awaited = true;
    requestAnimationFrame(() => {
      awaited = false;
      arrive();
    });
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-test-script-state"],
  });
}

"""Streamlit's HTML page made Vigie's: its language, its icon, and a script for what Streamlit leaves undone."""

import re
from pathlib import Path

import streamlit

# A favicon set by `st.set_page_config` would be an emoji or an icon fetched from a font service.
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='%231f4e5f'%3E"
    "%3Cpath fill-rule='evenodd' d='M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0m0 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11'/%3E"
    "%3Ccircle cx='8' cy='8' r='2.6'/%3E%3C/svg%3E"
)

# It brings a new question, or a source that opens out of sight, into view; tells screen readers how far an answer has
# come; and says in French what Streamlit says in English, which has no setting.
_SCRIPT = """
const FRENCH = [
  [/^Skip to main content$/, "Aller au contenu"],
  [/^Send message$/, "Envoyer la question"],
  [/^Close$/, "Fermer"],
  [/^Connection error$/, "Connexion perdue"],
  [/^(Is Streamlit still running|Streamlit server is not responding)[^]*$/,
   "Vigie ne répond plus. Si elle a été arrêtée, lancez « vigie serve » dans un terminal, puis rechargez la page."],
  [/^streamlit run yourscript.py$/, "vigie serve"],
];
const translated = (text) => {
  const pair = FRENCH.find(([english]) => english.test(text.trim()));
  return pair ? pair[1] : text;
};
// A checkbox is named by its label's Markdown, whose backslashes would be read aloud.
const named = (label) => translated(label.replace(/\\\\([!-\\/:-@[-`{-~])/g, "$1"));
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
const reveal = (element) => {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
};
const seen = { asked: 0, sources: new Set() };
const follow = () => {
  const asked = document.querySelectorAll(".vigie-asked");
  if (asked.length > seen.asked) reveal(asked[asked.length - 1]);
  seen.asked = asked.length;
  const sources = new Set(document.querySelectorAll('[class*="st-key-source-"]'));
  for (const source of sources) {
    if (!seen.sources.has(source) && source.getBoundingClientRect().top > innerHeight / 2) reveal(source);
  }
  seen.sources = sources;
};
// Streamlit draws a status anew each time, and a screen reader only follows a region that stays.
const tell = () => {
  if (!document.body) return;
  let region = document.getElementById("vigie-live");
  if (!region) {
    region = document.createElement("div");
    region.id = "vigie-live";
    region.className = "vigie-unseen";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  const text = [...document.querySelectorAll(".vigie-status")].at(-1)?.textContent ?? "";
  if (region.textContent !== text) region.textContent = text;
};
new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(translate);
  follow();
  tell();
}).observe(document.documentElement, { childList: true, subtree: true });
"""
_REPLACED = {
    '<html lang="en">': '<html lang="fr">',
    "<title>Streamlit</title>": f"<title>Vigie</title><script>{_SCRIPT}</script>",
    'href="./favicon.png"': f'href="{_ICON}"',
}


def french_page() -> str:
    """Streamlit's page, which is in English whatever the browser asks."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    for english, french in _REPLACED.items():
        page = page.replace(english, french)
    return re.sub(r"(?s)<noscript>.*</noscript>", "<noscript>Vigie a besoin de JavaScript.</noscript>", page)

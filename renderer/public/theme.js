/* global document, localStorage, matchMedia */
// Before the first paint: the theme that renderer/settings/appearance.ts keeps afterwards, so that nothing flashes.
(() => {
  /** @type {unknown} */
  let choice;
  try {
    choice = JSON.parse(localStorage.getItem('hopscope.theme') ?? 'null');
  } catch {
    // Storage may be switched off or hold something else.
  }
  const asks = (/** @type {string} */ query) => matchMedia(query).matches;
  const scheme = asks('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  const system = asks('(prefers-contrast: more)') ? `contrast-${scheme}` : scheme;
  const chosen = ['light', 'dark', 'contrast-light', 'contrast-dark'].find((theme) => theme === choice);
  document.documentElement.dataset.theme = chosen ?? system;
})();

/** Light, dark or as the system says: where the choice is kept and how it reaches the document. */
const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'spool.theme';

/** Runs in the head before the first paint, so the page never flashes in the other theme, and follows the system afterwards. */
export const THEME_SCRIPT = `(()=>{const m=matchMedia('(prefers-color-scheme: dark)');const a=()=>{let t=null;try{t=localStorage.getItem('${STORAGE_KEY}')}catch{}
document.documentElement.dataset.theme=t==='light'||t==='dark'?t:m.matches?'dark':'light'};a();m.addEventListener('change',a);addEventListener('spool:theme',a);addEventListener('storage',a)})()`;

/** The kept choice; `system` when there is none or the browser keeps nothing. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(STORAGE_KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Keeps the choice and applies it to the document at once. */
export function applyTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // A browser that keeps nothing follows the system.
  }
  dispatchEvent(new Event('spool:theme'));
}

/** The theme after `theme` in the toggle's order. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

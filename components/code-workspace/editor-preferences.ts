/** How a person likes the editor and the workspace, kept in this browser. */
export const KEYMAPS = ['default', 'vim', 'emacs'] as const;
export type Keymap = (typeof KEYMAPS)[number];

export interface EditorPreferences {
  keymap: Keymap;
  fontSizePx: number;
  /** The widths and heights of panels, as percentages. */
  leftPercent: number;
  rightPercent: number;
  bottomPercent: number;
  wrap: boolean;
}
export const FONT_SIZES_PX = [12, 13, 14, 16, 18, 20] as const;
export const DEFAULT_EDITOR: EditorPreferences = { keymap: 'default', fontSizePx: 14, leftPercent: 27, rightPercent: 25, bottomPercent: 42, wrap: false };

const STORAGE_KEY = 'spool.editor';

export function readEditorPreferences(storage: Pick<Storage, 'getItem'> | undefined = browserStorage()): EditorPreferences {
  try {
    const kept = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}') as Partial<Record<keyof EditorPreferences, unknown>>;
    return {
      keymap: KEYMAPS.find((one) => one === kept.keymap) ?? DEFAULT_EDITOR.keymap,
      fontSizePx: FONT_SIZES_PX.find((one) => one === kept.fontSizePx) ?? DEFAULT_EDITOR.fontSizePx,
      leftPercent: percent(kept.leftPercent, DEFAULT_EDITOR.leftPercent),
      rightPercent: percent(kept.rightPercent, DEFAULT_EDITOR.rightPercent),
      bottomPercent: percent(kept.bottomPercent, DEFAULT_EDITOR.bottomPercent),
      wrap: kept.wrap === true,
    };
  } catch {
    return DEFAULT_EDITOR;
  }
}
export function keepEditorPreferences(preferences: EditorPreferences, storage: Pick<Storage, 'setItem'> | undefined = browserStorage()): void {
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing starts with the usual ones next time.
  }
}
function percent(value: unknown, fallback: number): number {
  return typeof value === 'number' && value >= 5 && value <= 90 ? value : fallback;
}
function browserStorage(): Storage | undefined {
  return typeof localStorage === 'undefined' ? undefined : localStorage;
}

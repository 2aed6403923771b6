'use client';

import { useEffect, useSyncExternalStore } from 'react';
import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { applyTheme, nextTheme, readTheme, type Theme } from './theme.ts';

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const NAMES: Record<Theme, string> = { system: 'as your system', light: 'light', dark: 'dark' };

function subscribe(changed: () => void): () => void {
  addEventListener('spool:theme', changed);
  addEventListener('storage', changed);
  return () => {
    removeEventListener('spool:theme', changed);
    removeEventListener('storage', changed);
  };
}

/** One button that walks through system, light and dark; its name says where it stands and what comes next. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(subscribe, readTheme, (): Theme => 'system');
  useEffect(() => applyTheme(readTheme()), []);
  const Icon = ICONS[theme];
  const next = nextTheme(theme);
  return (
    <button
      type="button"
      onClick={() => applyTheme(next)}
      aria-label={`Colours: ${NAMES[theme]}. Change to ${NAMES[next]}.`}
      title={`Colours: ${NAMES[theme]}`}
      className="grid size-10 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden size={18} strokeWidth={1.75} />
    </button>
  );
}

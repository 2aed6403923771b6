'use client';

import { useState } from 'react';
import Settings from 'lucide-react/icons/settings-2';
import { InfoDialog } from '#components/ui/dialogs.tsx';
import { ChoiceCard, SelectField } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { FONT_SIZES_PX, KEYMAPS, type EditorPreferences, type Keymap } from './editor-preferences.ts';

const KEY_WORDS: Record<Keymap, { title: string; text: string }> = {
  default: { title: 'The usual keys', text: 'As in most editors.' },
  vim: { title: 'Vim', text: 'Modes, motions, registers; Escape leaves insert mode.' },
  emacs: { title: 'Emacs', text: 'Movement, kill ring, incremental search.' },
};

/** Keys, size and wrapping of the editor, remembered in this browser. */
export function EditorSettings({ preferences, autocomplete, onChange }: { preferences: EditorPreferences; autocomplete: boolean; onChange: (preferences: EditorPreferences) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton label="Editor settings" aria-haspopup="dialog" onClick={() => setOpen(true)} className="size-9">
        <Settings aria-hidden size={17} strokeWidth={1.75} />
      </IconButton>
      <InfoDialog title="The editor" open={open} onOpenChange={setOpen}>
        <div className="grid gap-6">
          <fieldset className="grid gap-2">
            <legend className="mb-2 font-medium">Keys</legend>
            {KEYMAPS.map((one) => (
              <ChoiceCard key={one} name="keymap" value={one} checked={preferences.keymap === one} onChange={() => onChange({ ...preferences, keymap: one })} title={KEY_WORDS[one].title}>
                {KEY_WORDS[one].text}
              </ChoiceCard>
            ))}
          </fieldset>
          <SelectField label="Size of the text" value={preferences.fontSizePx} onChange={(event) => onChange({ ...preferences, fontSizePx: Number(event.target.value) })}>
            {FONT_SIZES_PX.map((size) => (
              <option key={size} value={size}>
                {size} px
              </option>
            ))}
          </SelectField>
          <label className="flex items-center gap-3">
            <input type="checkbox" className="size-4.5 accent-accent" checked={preferences.wrap} onChange={(event) => onChange({ ...preferences, wrap: event.target.checked })} />
            Wrap long lines
          </label>
          <p className="text-[0.9375rem] text-soft">{autocomplete ? 'Autocomplete is on: whoever set up this session allowed it.' : 'Autocomplete is off in this session, as whoever set it up chose.'}</p>
        </div>
      </InfoDialog>
    </>
  );
}

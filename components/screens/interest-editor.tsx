'use client';

import { useId, useState } from 'react';
import type { InterestPatch } from '#components/api/client.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { CATEGORIES } from '#domain/interests/categories.ts';
import type { Interest, Sentiment } from '#domain/interests/interest.ts';
import { MAX_TOPIC_CHARS } from './limits.ts';
import { SENTIMENT_WORDS, categoryName } from './words.ts';

const SENTIMENTS = Object.keys(SENTIMENT_WORDS) as Sentiment[];

/** Corrects topic, sentiment and category in place: Enter saves, Escape leaves it as it was. */
export function InterestEditor({ interest, busy, onSave, onClose }: { interest: Interest; busy: boolean; onSave: (patch: InterestPatch) => Promise<void>; onClose: () => void }) {
  const [topic, setTopic] = useState(interest.topic);
  const [sentiment, setSentiment] = useState(interest.sentiment);
  const [category, setCategory] = useState(interest.category);
  const [error, setError] = useState<string | undefined>();
  const name = useId();

  function save() {
    const next = topic.trim();
    if (!next) return setError('Give it a name, or delete the interest.');
    const patch: InterestPatch = {
      ...(next === interest.topic ? {} : { topic: next }),
      ...(sentiment === interest.sentiment ? {} : { sentiment }),
      ...(category === interest.category ? {} : { category }),
    };
    if (Object.keys(patch).length === 0) onClose();
    else void onSave(patch);
  }
  return (
    <form
      aria-label={`Correct “${interest.topic}”`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      className="grid gap-4"
    >
      <TextField autoFocus label="Interest" value={topic} error={error} maxLength={MAX_TOPIC_CHARS} onChange={(event) => setTopic(event.target.value)} />
      <fieldset>
        <legend className="mb-1.5 font-medium">How you feel about it</legend>
        <div className="grid gap-1">
          {SENTIMENTS.map((one) => (
            <label key={one} className="flex min-h-9 items-center gap-2.5">
              <input type="radio" name={name} checked={sentiment === one} onChange={() => setSentiment(one)} className="size-4.5 accent-accent" />
              {SENTIMENT_WORDS[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <SelectField label="Category" value={category} onChange={(event) => setCategory(event.target.value)}>
        {CATEGORIES.some(({ id }) => id === interest.category) ? null : <option value={interest.category}>{categoryName(interest.category)}</option>}
        {CATEGORIES.map(({ id, name: label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </SelectField>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={busy}>
          {busy ? 'Saving…' : 'Save'}
        </Button>
        <Button variant="bare" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  );
}

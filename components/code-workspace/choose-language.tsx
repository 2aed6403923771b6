'use client';

import { LANGUAGES, type Language } from '#domain/code/run.ts';
import { LANGUAGE_WORDS } from './problem-words.ts';

/** An empty workspace: one press makes the file to start from. */
export function ChooseLanguage({ readOnly, hasProblem, onChoose }: { readOnly: boolean; hasProblem: boolean; onChoose: (language: Language) => void }) {
  if (readOnly) return <p className="m-auto p-6 text-soft">No code was written.</p>;
  return (
    <div className="m-auto grid max-w-md gap-5 p-6 text-center">
      <div>
        <h2 className="text-2xl">Which language?</h2>
        <p className="mt-2 text-soft">{hasProblem ? 'You get a file with the function to fill in.' : 'You get an empty file.'} You can take another language later.</p>
      </div>
      <div className="grid grid-cols-2 gap-2.5">
        {LANGUAGES.map((language) => (
          <button key={language} type="button" onClick={() => onChoose(language)} className="min-h-14 rounded-2xl border border-edge bg-raised px-6 text-lg hover:border-accent hover:bg-wash">
            {LANGUAGE_WORDS[language]}
          </button>
        ))}
      </div>
    </div>
  );
}

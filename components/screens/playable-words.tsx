import type { WordGroup } from '#domain/session/word-groups.ts';

/** An item's words in groups that carry the time they are played from. `playing`: index of the one being heard; -1: none. */
export function PlayableWords({ text, groups, playing }: { text: string; groups: WordGroup[]; playing: number }) {
  return groups.map(({ from, to, startMs }, index) => (
    <span key={from}>
      {text.slice(groups[index - 1]?.to ?? 0, from)}
      <span data-from-ms={startMs} data-playing={index === playing ? '' : undefined} className="-mx-0.5 scroll-mt-24 scroll-mb-48 rounded-sm box-decoration-clone px-0.5 hover:bg-accent/12 data-playing:bg-accent/30">
        {text.slice(from, to)}
      </span>
    </span>
  ));
}

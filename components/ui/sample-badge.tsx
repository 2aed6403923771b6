/** Marks a session in which an invented person was interviewed. */
export function SampleBadge({ words = 'Sample' }: { words?: string }) {
  return <span className="inline-flex items-center rounded-full border border-dashed border-edge px-2.5 py-px text-sm whitespace-nowrap text-soft">{words}</span>;
}

/** What an interrupted interviewer had left to say: struck through, and named for those who do not see it. */
export function NotHeard({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <span className="text-faint" title="Interrupted here; this was not heard.">
      {' '}
      <span className="sr-only">Not heard: </span>
      <span className="line-through decoration-edge decoration-1">{text}</span>
    </span>
  );
}

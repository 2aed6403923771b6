/** Bars in the place of what is being loaded; `what` is read aloud. */
export function OpeningReview({ what }: { what: string }) {
  return (
    <div role="status" className="grid gap-4 pt-12">
      <h1 className="sr-only">{what}</h1>
      {[60, 35, 90, 80, 86].map((width) => (
        <div key={width} aria-hidden className="h-6 animate-pulse rounded bg-sunken" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** The sign of Spool: two flanges, the wound thread, and its loose end. Takes the colour of the text around it. */
export function SpoolMark({ size = 28, className = '' }: { size?: number; className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" width={size} height={size} className={className} fill="none">
      <path d="M5 5h18M5 27h18" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M8 10.5 20 9M8 14.5 20 13M8 18.5 20 17M8 22.5l12-1.5c3.5-.4 3.2-6.5 6-6.5 2 0 2 3 4 3"
        stroke="var(--accent)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Sign and name, as the header shows them. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-serif text-[1.375rem] leading-none tracking-[-0.02em]">
      <SpoolMark />
      Spool
    </span>
  );
}

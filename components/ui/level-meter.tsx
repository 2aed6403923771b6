'use client';

import { useEffect, useRef } from 'react';

const BARS = 32;

/** A row of bars that fills with loudness, drawn per frame outside React. For the eyes only: words say the rest. */
export function LevelMeter({ level, onLevel, className = '' }: { level: () => number; onLevel?: (level: number, atMs: number) => void; className?: string }) {
  const row = useRef<HTMLDivElement>(null);
  const latest = useRef({ level, onLevel });
  useEffect(() => {
    latest.current = { level, onLevel };
  });
  useEffect(() => {
    let shown = 0;
    let frame = requestAnimationFrame(function draw(atMs) {
      const now = latest.current.level();
      latest.current.onLevel?.(now, atMs);
      // Up at once, down slowly, as meters do, so that the eye can follow.
      shown = Math.max(now, shown * 0.92);
      const lit = Math.round(Math.min(1, shown) * BARS);
      const bars = row.current?.children ?? [];
      for (let index = 0; index < bars.length; index++) (bars[index] as HTMLElement).dataset.lit = String(index < lit);
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div ref={row} aria-hidden className={`flex h-8 items-center gap-0.5 sm:gap-1.5 ${className}`}>
      {Array.from({ length: BARS }, (_, index) => (
        <span key={index} className="h-full flex-1 rounded-full bg-line data-[lit=true]:bg-accent" />
      ))}
    </div>
  );
}

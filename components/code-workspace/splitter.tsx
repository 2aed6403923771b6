'use client';

import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

interface Props {
  label: string;
  /** The panels lie beside each other or below each other. */
  direction: 'beside' | 'below';
  /** Of the panel it sizes, in percent of the whole. */
  percent: number;
  min: number;
  max: number;
  usual: number;
  /** True: the panel it sizes comes after it. */
  after?: boolean;
  onChange: (percent: number) => void;
  className?: string;
}
const STEP = 2;

/** The line between two panels: dragged, moved with the arrow keys, set back with a double click or Enter. */
export function Splitter({ label, direction, percent, min, max, usual, after = false, onChange, className = '' }: Props) {
  const start = useRef<{ at: number; percent: number; whole: number } | null>(null);
  const beside = direction === 'beside';
  const set = (next: number) => onChange(Math.round(Math.max(min, Math.min(max, next)) * 10) / 10);

  function press(event: KeyboardEvent) {
    const grow = beside ? (after ? 'ArrowLeft' : 'ArrowRight') : after ? 'ArrowUp' : 'ArrowDown';
    const shrink = beside ? (after ? 'ArrowRight' : 'ArrowLeft') : after ? 'ArrowDown' : 'ArrowUp';
    const next = { [grow]: percent + STEP, [shrink]: percent - STEP, Home: min, End: max, Enter: usual }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  }
  function grab(event: PointerEvent<HTMLDivElement>) {
    const { width, height } = event.currentTarget.parentElement!.getBoundingClientRect();
    start.current = { at: beside ? event.clientX : event.clientY, percent, whole: beside ? width : height };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  }
  function drag(event: PointerEvent) {
    if (!start.current) return;
    const moved = (((beside ? event.clientX : event.clientY) - start.current.at) / start.current.whole) * 100;
    set(start.current.percent + (after ? -moved : moved));
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={beside ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={min}
      aria-valuemax={max}
      title="Drag, or use the arrow keys; Enter sets it back"
      onKeyDown={press}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onDoubleClick={() => set(usual)}
      className={`group relative z-10 shrink-0 touch-none -outline-offset-2 ${beside ? '-mx-1 w-2.25 cursor-col-resize' : '-my-1 h-2.25 cursor-row-resize'} ${className}`}
    >
      <span aria-hidden className={`absolute bg-line transition-colors group-hover:bg-edge group-focus-visible:bg-accent ${beside ? 'inset-y-0 left-1 w-px' : 'inset-x-0 top-1 h-px'}`} />
    </div>
  );
}

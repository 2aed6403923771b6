'use client';

import { useEffect, useRef } from 'react';

export type ThreadVoice = 'person' | 'agent' | 'nobody';

/** One point of the thread per this many CSS pixels; one new point per STEP_MS, so speech runs at 125 px a second. */
const STEP_PX = 2;
const STEP_MS = 16;
/** The thread's own swing, radians per point: 14 points are a wave, fine enough to look round. */
const SWING_PER_STEP = 0.45;
const WINDINGS = 7;

interface Props {
  /** Loudness now, 0…1. */
  level: () => number;
  /** Whose voice the thread carries now: it decides the colour. */
  voice: ThreadVoice;
  className?: string;
}

/** The conversation as a thread: it comes in from the right as it is spoken and is wound onto the spool at the left. */
export function ThreadCanvas({ level, voice, className = '' }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ level, voice });
  useEffect(() => {
    latest.current = { level, voice };
  });
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)');
    let points: { swing: number; voice: ThreadVoice }[] = [];
    let steps = 0;
    let shown = 0;
    let lastMs: number | null = null;

    let frame = requestAnimationFrame(function draw(atMs) {
      frame = requestAnimationFrame(draw);
      const due = lastMs === null ? 1 : Math.floor((atMs - lastMs) / STEP_MS);
      if (due < 1) return;
      lastMs = lastMs === null ? atMs : lastMs + due * STEP_MS;
      const { voice: who, level: read } = latest.current;
      for (let count = 0; count < Math.min(due, 50); count++) {
        // The interviewer's loudness is not measured here; its thread swings evenly, to show whose turn it is.
        const loudness = who === 'agent' ? 0.3 + 0.12 * Math.sin(steps / 9) * Math.sin(steps / 23) : who === 'person' ? read() : read() * 0.5;
        shown += (loudness - shown) * 0.35;
        steps += 1;
        points.push({ swing: Math.sin(steps * SWING_PER_STEP) * shown, voice: who });
      }
      const width = element.clientWidth;
      points = points.slice(-Math.ceil(width / STEP_PX) - 1);
      const ratio = Math.min(2, devicePixelRatio);
      const height = element.clientHeight;
      if (element.width !== width * ratio || element.height !== height * ratio) {
        element.width = width * ratio;
        element.height = height * ratio;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const style = getComputedStyle(element);
      const colours = { person: style.getPropertyValue('--accent'), agent: style.getPropertyValue('--ink'), nobody: style.getPropertyValue('--edge') };
      if (still.matches) drawBar(context, width, height, shown, colours[who]);
      else drawThread(context, width, height, points, colours);
      drawSpool(context, height, steps * (still.matches ? 0 : STEP_PX), colours);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return <canvas ref={canvas} aria-hidden className={className} />;
}

type Colours = Record<ThreadVoice, string>;
const SPOOL_WIDTH_PX = 44;

function drawThread(context: CanvasRenderingContext2D, width: number, height: number, points: { swing: number; voice: ThreadVoice }[], colours: Colours): void {
  const middle = height / 2;
  const reach = height / 2 - 4;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  let x = width - points.length * STEP_PX;
  let y = middle;
  context.strokeStyle = colours.nobody;
  context.beginPath();
  context.moveTo(SPOOL_WIDTH_PX - 8, middle);
  context.lineTo(Math.max(SPOOL_WIDTH_PX - 8, x), middle);
  context.stroke();
  for (const { swing, voice } of points) {
    const nextX = x + STEP_PX;
    // Near the spool the thread is pulled straight.
    const slack = Math.min(1, Math.max(0, (nextX - SPOOL_WIDTH_PX) / 90));
    const nextY = middle + swing * reach * slack;
    if (x >= SPOOL_WIDTH_PX - 8) {
      context.strokeStyle = colours[voice];
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(nextX, nextY);
      context.stroke();
    }
    x = nextX;
    y = nextY;
  }
}

/** Without motion: one bar as long as the voice is loud. */
function drawBar(context: CanvasRenderingContext2D, width: number, height: number, loudness: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(SPOOL_WIDTH_PX, height / 2 - 2, Math.max(2, (width - SPOOL_WIDTH_PX) * Math.min(1, loudness)), 4);
}

function drawSpool(context: CanvasRenderingContext2D, height: number, woundPx: number, colours: Colours): void {
  const top = 4;
  const bottom = height - 4;
  context.lineCap = 'round';
  context.strokeStyle = colours.person;
  context.lineWidth = 2;
  const gap = (bottom - top - 12) / WINDINGS;
  const turn = (woundPx / 40) % 1;
  for (let index = 0; index < WINDINGS; index++) {
    const y = top + 8 + gap * ((index + turn) % WINDINGS);
    context.beginPath();
    context.moveTo(8, y + 2);
    context.quadraticCurveTo(20, y + 4, 34, y - 1);
    context.stroke();
  }
  context.strokeStyle = colours.agent;
  context.lineWidth = 5;
  for (const y of [top, bottom]) {
    context.beginPath();
    context.moveTo(4, y);
    context.lineTo(38, y);
    context.stroke();
  }
}

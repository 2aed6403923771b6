/** The picture of the landing page: speech as a thread that is wound onto a spool. Drawn once on the server, no script. */

const PERIOD = 720;
const WIDTH = 1600;
const MIDDLE = 130;

/** Loudness of the drawn "speech" at `x`, 0…1: phrases with pauses between them, repeating every PERIOD. */
function loudness(x: number): number {
  const turn = (2 * Math.PI * x) / PERIOD;
  const phrase = Math.max(0, 0.35 + 0.65 * Math.sin(turn * 2 + 0.4)) * (0.6 + 0.4 * Math.cos(turn));
  return Math.max(0, phrase * (0.55 + 0.45 * Math.sin(turn * 9)));
}

/** The thread as a path from x = -PERIOD to WIDTH: a line that swings where speech is loud. */
function threadPath(scale: number, phase: number): string {
  let path = '';
  for (let x = -PERIOD; x <= WIDTH; x += 4) {
    const y = MIDDLE + Math.sin((2 * Math.PI * x) / (PERIOD / 30) + phase) * loudness(x) * scale;
    path += `${path ? 'L' : 'M'}${x} ${y.toFixed(1)}`;
  }
  return path;
}

function windings(): string {
  let path = '';
  for (let y = 44; y <= 216; y += 9) {
    const swell = 10 * Math.sin((Math.PI * (y - 44)) / 172);
    path += `M${-52 - swell} ${y + 4}Q0 ${y + 10} ${52 + swell} ${y - 4}`;
  }
  return path;
}

export function SpoolIllustration({ className = '' }: { className?: string }) {
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} 260`} preserveAspectRatio="xMaxYMid slice" className={className} fill="none">
      <defs>
        <linearGradient id="thread-fade" x1="0" x2="1">
          <stop offset="0" stopColor="#fff" stopOpacity="0" />
          <stop offset="0.35" stopColor="#fff" />
          <stop offset="0.8" stopColor="#fff" />
        </linearGradient>
        <mask id="thread-mask" maskUnits="userSpaceOnUse" x="0" y="0" width="1330" height="260">
          <rect width="1330" height="260" fill="url(#thread-fade)" />
        </mask>
      </defs>
      <g mask="url(#thread-mask)">
        <g className="thread-run" style={{ ['--period' as string]: `${PERIOD}px` }}>
          <path d={threadPath(92, 0)} stroke="var(--accent)" strokeWidth="2.5" strokeLinejoin="round" />
          <path d={threadPath(58, 1.1)} stroke="var(--accent)" strokeOpacity="0.45" strokeWidth="1.5" strokeLinejoin="round" />
        </g>
      </g>
      <g transform="translate(1382 0)">
        <path d="M-40 40h80v180h-80z" fill="var(--sunken)" />
        <path d={windings()} stroke="var(--accent)" strokeWidth="3.5" strokeLinecap="round" />
        <rect x="-84" y="14" width="168" height="24" rx="12" fill="var(--ink)" />
        <rect x="-84" y="222" width="168" height="24" rx="12" fill="var(--ink)" />
      </g>
    </svg>
  );
}

/**
 * The sound of a meeting in this browser: of a tab or screen, of the microphone, or of both together, as the port the live
 * session's microphone wants. What the preparation opened is handed to the live page, so that nobody is asked twice.
 */
import { browserMicrophone, framesOf } from '#components/live-session/browser-audio.ts';
import type { MicrophonePorts } from '#components/live-session/microphone.ts';

const CAPTURE_SOURCES = ['tab-and-microphone', 'tab', 'microphone'] as const;
export type CaptureSource = (typeof CAPTURE_SOURCES)[number];
/** What `openCapture` fails with when what was shared has no sound. */
const NO_SOUND = 'NoSoundError';

interface Opened {
  source: CaptureSource;
  /** The shared tab's or screen's, then the microphone's. */
  streams: MediaStream[];
}
/** Opened and on its way from one page to the next; in memory only. */
let handedOver: Opened | null = null;

export interface MeetingCapture extends MicrophonePorts {
  /** Closing keeps what is open for the next page's capture. */
  handOver(): void;
  isOpen(): boolean;
}

export function canShareTabs(): boolean {
  return typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** `openCapture` must come from a press: the browser asks what to share. @throws DOMException as getDisplayMedia and getUserMedia do, or NO_SOUND */
export function meetingCapture(source: CaptureSource): MeetingCapture {
  let keep = false;
  let open = false;
  return {
    ...browserMicrophone,
    isOpen: () => open,
    handOver: () => {
      keep = true;
    },
    async openCapture(deviceId, onFrame, onEnded) {
      const streams = taken(source) ?? (await openStreams(source, deviceId));
      const tracks = streams.flatMap((stream) => stream.getTracks());
      let context: AudioContext | null = null;
      const close = () => {
        open = false;
        for (const track of tracks) track.removeEventListener('ended', onEnded);
        if (keep) handedOver = { source, streams };
        else for (const track of tracks) track.stop();
        keep = false;
        void context?.close().catch(() => {});
      };
      const stillThere = () => {
        if (tracks.some(({ readyState }) => readyState === 'ended')) throw new DOMException('It was closed meanwhile.', 'AbortError');
      };
      try {
        stillThere();
        context = await framesOf(streams, onFrame);
        // Nobody is told of what ended in between.
        stillThere();
      } catch (error) {
        close();
        throw error;
      }
      for (const track of tracks) track.addEventListener('ended', onEnded);
      open = true;
      const microphone = source === 'tab' ? undefined : streams.at(-1)?.getAudioTracks()[0];
      return {
        deviceId: microphone?.getSettings().deviceId ?? deviceId,
        setSilent: (silent) => {
          for (const track of tracks) if (track.kind === 'audio') track.enabled = !silent;
        },
        close,
      };
    },
  };
}

function taken(source: CaptureSource): MediaStream[] | null {
  const opened = handedOver;
  handedOver = null;
  if (!opened) return null;
  if (opened.source === source) return opened.streams;
  for (const track of opened.streams.flatMap((stream) => stream.getTracks())) track.stop();
  return null;
}

async function openStreams(source: CaptureSource, deviceId: string | null): Promise<MediaStream[]> {
  const streams: MediaStream[] = [];
  try {
    if (source !== 'microphone') streams.push(await openTab());
    if (source !== 'tab') streams.push(await openMicrophone(deviceId));
    return streams;
  } catch (error) {
    for (const track of streams.flatMap((stream) => stream.getTracks())) track.stop();
    throw error;
  }
}

/** Browsers share sound together with a picture only; the smallest one will do, and nobody looks at it. */
async function openTab(): Promise<MediaStream> {
  if (!canShareTabs()) throw new DOMException('No tab can be shared here.', 'NotSupportedError');
  const wish: DisplayMediaStreamOptions & Record<string, unknown> = {
    video: { width: { max: 320 }, frameRate: { max: 1 } },
    // As it is: what belongs to a call has its own echo taken out already.
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    systemAudio: 'include',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
  };
  const stream = await navigator.mediaDevices.getDisplayMedia(wish);
  if (stream.getAudioTracks().length > 0) return stream;
  for (const track of stream.getTracks()) track.stop();
  throw new DOMException('What is shared has no sound.', NO_SOUND);
}

function openMicrophone(deviceId: string | null): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('No capture here.', 'NotSupportedError');
  return navigator.mediaDevices.getUserMedia({
    // The meeting comes out of the loudspeaker as well: without it being taken out, everything would be heard twice.
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) },
  });
}

const KEY = 'spool.meeting-capture';
/** What a meeting is captured from, for a reload of its page. */
export function keepSource(sessionId: string, source: CaptureSource): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ sessionId, source }));
  } catch {
    // A browser that keeps nothing: the live page asks for both.
  }
}
export function keptSource(sessionId: string): CaptureSource {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as { sessionId?: unknown; source?: unknown } | null;
    const source = CAPTURE_SOURCES.find((one) => one === kept?.source);
    if (kept?.sessionId === sessionId && source) return source;
  } catch {
    // As above.
  }
  return canShareTabs() ? 'tab-and-microphone' : 'microphone';
}

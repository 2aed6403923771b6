import type { Metadata } from 'next';
import ArrowRight from 'lucide-react/icons/arrow-right';
import CodeXml from 'lucide-react/icons/code-xml';
import MessagesSquare from 'lucide-react/icons/messages-square';
import NotebookPen from 'lucide-react/icons/notebook-pen';
import Users from 'lucide-react/icons/users-round';
import { buttonClass } from '#components/ui/button.tsx';
import { SiteHeader } from '#components/ui/site-header.tsx';
import { SpoolIllustration } from '#components/ui/spool-illustration.tsx';

export const metadata: Metadata = { alternates: { canonical: '/' } };

const KINDS = [
  {
    kind: 'onboarding',
    Icon: MessagesSquare,
    title: 'A spoken interview',
    text: 'An interviewer asks about you, listens to the end, and answers aloud. Interrupt whenever you like, type when speaking does not suit.',
    start: 'Start an interview',
  },
  {
    kind: 'code',
    Icon: CodeXml,
    title: 'A code interview',
    text: 'A problem, an editor that runs Python, JavaScript, Java and C++, and an interviewer who sees the code grow. Practise, or invite a candidate with a link.',
    start: 'Start a code interview',
  },
  {
    kind: 'meeting',
    Icon: Users,
    title: 'A meeting',
    text: 'Share a tab, stream from Zoom or OBS, or drop in a recording. You get a transcript, and notes in which every decision and task quotes the words it stands on.',
    start: 'Start a meeting',
  },
  {
    kind: 'dictation',
    Icon: NotebookPen,
    title: 'Dictation',
    text: 'Nobody answers. You talk, the page fills with your words, and you copy or download them as text, Markdown or subtitles.',
    start: 'Start dictating',
  },
];

const STEPS = [
  { title: 'Check your microphone', text: 'Choose one, say hello, and hear for yourself that it works. No microphone? Type instead.' },
  { title: 'Talk', text: 'Your words appear as you say them. If the connection drops, the page keeps your audio and sends it again.' },
  { title: 'Read and listen back', text: 'Press a line of the transcript to hear that moment. Download it, or erase all of it.' },
];

const PROMISES = [
  {
    title: 'It stays on your server',
    text: 'Audio and transcripts are kept on the server you run. Without a key for an outside engine, listening and speaking happen there too, and nothing is sent anywhere else.',
  },
  {
    title: 'You decide about recording',
    text: 'Before every session you are asked. Say no, and audio is kept only until the transcript exists, then erased.',
  },
  {
    title: 'Erase means erase',
    text: 'One button removes audio, transcript and everything derived from them for good. There is no bin that keeps a copy.',
  },
];

/** Plain links throughout: whoever only reads this page loads no router for the next one. */
export default function LandingPage() {
  return (
    <>
      <SiteHeader>
        <a href="/sessions" className={buttonClass('bare')}>
          Your sessions
        </a>
      </SiteHeader>
      <main id="content">
        <section className="pt-10 sm:pt-12">
          <div className="mx-auto w-full max-w-6xl px-5 sm:px-8">
            <h1 className="text-[clamp(2.75rem,8.5vw,5.75rem)] leading-[1.02] tracking-[-0.03em]">
              Say it once.
              <br />
              Keep every word.
            </h1>
            <p className="mt-6 max-w-[38rem] text-lg text-soft sm:text-xl">
              Spool listens while you speak, answers aloud, and keeps a recording with a transcript that leads back to every moment of it.
            </p>
            <div className="mt-8 flex flex-wrap items-center gap-3">
              <a href="/sessions/new" className={buttonClass('primary', 'l')}>
                Start
                <ArrowRight aria-hidden size={20} />
              </a>
              <a href="#how" className={buttonClass('bare', 'l')}>
                How it works
              </a>
            </div>
          </div>
          <SpoolIllustration className="mt-10 h-44 w-full sm:mt-6 sm:h-60" />
        </section>

        <section aria-labelledby="kinds" className="mx-auto w-full max-w-6xl px-5 pt-20 sm:px-8 sm:pt-28">
          <h2 id="kinds" className="text-3xl sm:text-4xl">
            Four ways to talk
          </h2>
          <ul className="mt-8 grid gap-5 md:grid-cols-2">
            {KINDS.map(({ kind, Icon, title, text, start }) => (
              <li key={kind} className="flex flex-col rounded-3xl border border-line bg-raised p-7 sm:p-9">
                <Icon aria-hidden size={28} strokeWidth={1.5} className="text-accent" />
                <h3 className="mt-6 text-2xl">{title}</h3>
                <p className="mt-3 mb-7 text-soft">{text}</p>
                <a href={`/sessions/new?kind=${kind}`} className={buttonClass('quiet', 'm', 'mt-auto self-start')}>
                  {start}
                </a>
              </li>
            ))}
          </ul>
        </section>

        <section id="how" aria-labelledby="how-title" className="mx-auto w-full max-w-6xl scroll-mt-6 px-5 pt-20 sm:px-8 sm:pt-28">
          <h2 id="how-title" className="text-3xl sm:text-4xl">
            How it works
          </h2>
          <ol className="mt-8 grid gap-x-10 gap-y-8 md:grid-cols-3">
            {STEPS.map(({ title, text }, index) => (
              <li key={title} className="border-t border-edge pt-5">
                <span aria-hidden className="font-serif text-lg text-accent italic">
                  {index + 1}
                </span>
                <h3 className="mt-1 text-xl">{title}</h3>
                <p className="mt-2 text-soft">{text}</p>
              </li>
            ))}
          </ol>
        </section>

        <section aria-labelledby="privacy" className="mx-auto w-full max-w-6xl px-5 py-20 sm:px-8 sm:py-28">
          <div className="grid gap-8 rounded-3xl bg-wash p-7 sm:p-12 lg:grid-cols-[1fr_2fr] lg:gap-14">
            <h2 id="privacy" className="text-3xl sm:text-4xl">
              Your voice is yours
            </h2>
            <dl className="grid gap-7">
              {PROMISES.map(({ title, text }) => (
                <div key={title}>
                  <dt className="font-serif text-xl">{title}</dt>
                  <dd className="mt-1 max-w-[38rem] text-soft">{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        </section>
      </main>
      <footer className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-2 border-t border-line px-5 py-8 text-sm text-faint sm:px-8">
        <p>Spool runs on a machine of your own.</p>
        <a href="/api/openapi.json" className="rounded underline decoration-line underline-offset-4 hover:text-ink hover:decoration-current">
          For developers: the API
        </a>
      </footer>
    </>
  );
}

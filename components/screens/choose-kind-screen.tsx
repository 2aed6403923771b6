import CodeXml from 'lucide-react/icons/code-xml';
import MessagesSquare from 'lucide-react/icons/messages-square';
import NotebookPen from 'lucide-react/icons/notebook-pen';
import Users from 'lucide-react/icons/users-round';
import Link from 'next/link';
import { MakeSampleButton } from './make-sample.tsx';

const CHOICES = [
  { kind: 'onboarding', Icon: MessagesSquare, title: 'A spoken interview', text: 'An interviewer asks about you and answers aloud.' },
  { kind: 'code', Icon: CodeXml, title: 'A code interview', text: 'A problem, an editor that runs your code, and an interviewer to talk to.' },
  { kind: 'meeting', Icon: Users, title: 'A meeting', text: 'From a tab, a stream or a file to a transcript, and notes that quote it.' },
  { kind: 'dictation', Icon: NotebookPen, title: 'Dictation', text: 'Nobody answers; your words fill a page.' },
];

/** `New session` without a kind: which one? */
export function ChooseKindScreen() {
  return (
    <>
      <h1 className="text-4xl sm:text-5xl">What shall it be?</h1>
      <ul className="mt-9 grid gap-4 sm:grid-cols-2">
        {CHOICES.map(({ kind, Icon, title, text }) => (
          <li key={kind} className="relative rounded-3xl border border-line bg-raised p-7 hover:border-edge">
            <Icon aria-hidden size={28} strokeWidth={1.5} className="text-accent" />
            <h2 className="mt-5 text-2xl">
              <Link href={`/sessions/new?kind=${kind}`} className="after:absolute after:inset-0 after:rounded-3xl">
                {title}
              </Link>
            </h2>
            <p className="mt-2 text-soft">{text}</p>
          </li>
        ))}
      </ul>
      <section aria-labelledby="look-first" className="mt-12 border-t border-line pt-8">
        <h2 id="look-first" className="text-2xl">
          Rather look first?
        </h2>
        <p className="mt-2 mb-5 max-w-prose text-soft">Two synthesized voices can hold a short interview for you, without a microphone: about two minutes, in which you can read along. You remove it with one press.</p>
        <MakeSampleButton />
      </section>
    </>
  );
}

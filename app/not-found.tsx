import { buttonClass } from '#components/ui/button.tsx';
import { SiteHeader } from '#components/ui/site-header.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <SiteHeader />
      <main id="content" className="mx-auto w-full max-w-2xl px-5 py-20 sm:px-8">
        <h1 className="text-4xl sm:text-5xl">The thread ends here</h1>
        <p className="mt-5 mb-8 text-lg text-soft">There is no page at this address. It may have been erased, or the address has a slip in it.</p>
        <div className="flex flex-wrap gap-3">
          <a href="/sessions" className={buttonClass()}>
            Your sessions
          </a>
          <a href="/" className={buttonClass('quiet')}>
            To the start
          </a>
        </div>
      </main>
    </>
  );
}

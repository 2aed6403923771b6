'use client';

import { useRef, type ReactNode } from 'react';
import { Menu } from '@base-ui/react/menu';
import Download from 'lucide-react/icons/download';
import { buttonClass } from '#components/ui/button.tsx';

const ITEM = 'flex items-baseline justify-between gap-8 rounded-xl px-3 py-2 outline-none select-none data-highlighted:bg-sunken';

/** The button “Download” with its menu of `DownloadGroup`s. */
export function DownloadPopup({ children }: { children: ReactNode }) {
  // Within the page's content, where a reader of landmarks looks for it.
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place}>
      <Menu.Root>
        <Menu.Trigger className={buttonClass('quiet')}>
          <Download aria-hidden size={18} />
          Download
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner sideOffset={8} align="start" className="z-20 outline-none">
            <Menu.Popup className="max-h-(--available-height) min-w-72 overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 shadow-lift outline-none">{children}</Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

/** `first`: nothing stands above it. */
export function DownloadGroup({ title, first = false, children }: { title: string; first?: boolean; children: ReactNode }) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className={`px-3 pb-1 text-sm text-faint ${first ? 'pt-2' : 'mt-1.5 border-t border-line pt-3'}`}>{title}</Menu.GroupLabel>
      {children}
    </Menu.Group>
  );
}

interface FileProps {
  title: string;
  /** Of the file's name, without the dot. */
  ending: string;
  /** An address that answers the file, or what makes it here. */
  from: string | (() => void);
}
export function DownloadFile({ title, ending, from }: FileProps) {
  const words = (
    <>
      {title}
      <span className="text-sm text-faint">.{ending}</span>
    </>
  );
  return typeof from === 'string' ? (
    <Menu.LinkItem href={from} download closeOnClick className={ITEM}>
      {words}
    </Menu.LinkItem>
  ) : (
    <Menu.Item onClick={from} className={ITEM}>
      {words}
    </Menu.Item>
  );
}

'use client';

import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import FileAudio from 'lucide-react/icons/file-audio';
import { Button } from '#components/ui/button.tsx';
import { UPLOAD_EXTENSIONS } from '#domain/meetings/uploads/limits.ts';
import { ACCEPT } from './upload-words.ts';

/** Where a file is dropped. The button does all the zone does, so a keyboard misses nothing. */
export function DropZone({ choose, children }: { choose: (file: File) => void; children?: ReactNode }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) choose(file);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
      className={`grid justify-items-center gap-4 rounded-2xl border-2 border-dashed px-5 py-10 text-center transition-colors duration-150 ${over ? 'border-accent bg-wash' : 'border-edge bg-raised'}`}
    >
      <FileAudio aria-hidden size={32} strokeWidth={1.5} className={over ? 'text-accent' : 'text-faint'} />
      {children}
      <p className="text-lg">{over ? 'Let go to send it' : 'Drop a recording here'}</p>
      <PickButton choose={choose} label="Choose a file" />
      <p className="max-w-prose text-sm text-faint">Sound or video: {UPLOAD_EXTENSIONS.join(', ')}, up to 4 GB. Of a video only the sound is kept.</p>
    </div>
  );
}

/** Asks for a file. */
export function PickButton({ choose, label }: { choose: (file: File) => void; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="quiet" onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        hidden
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file may be chosen twice in a row.
          event.target.value = '';
          if (file) choose(file);
        }}
      />
    </>
  );
}

/** The addresses of recordings that are sent as files, for the client of `client.ts`. */
import type { CreatedUpload, UploadView } from '#domain/meetings/uploads/upload.ts';

export type { CreatedUpload, UploadView };

interface Requests {
  json<T>(method: string, path: string, options?: { body?: unknown; signal?: AbortSignal }): Promise<T>;
  none(method: string, path: string): Promise<void>;
}

/** All throw ProblemError. */
export function uploadCalls({ json, none }: Requests) {
  const upload = (id: string) => `/uploads/${encodeURIComponent(id)}`;
  return {
    /** Begins, or goes on with the same file: the parts that are missing, each with where to PUT it. */
    createUpload: (input: { sessionId: string; fileName: string; sizeBytes: number }, signal?: AbortSignal) => json<CreatedUpload>('POST', '/uploads', { body: input, signal }),
    /** With fresh links to what is missing. */
    getUpload: (id: string, signal?: AbortSignal) => json<UploadView>('GET', upload(id), { signal }),
    /** Has it taken in; one that failed is tried again. */
    completeUpload: (id: string, signal?: AbortSignal) => json<UploadView>('POST', `${upload(id)}/complete`, { signal }),
    cancelUpload: (id: string) => none('DELETE', upload(id)),
  };
}
export type UploadCalls = ReturnType<typeof uploadCalls>;

/** What is deployed: one image per service, what goes into it, and what its process asks of this machine when it starts. */

export interface Service {
  /** Also the last part of its repository's name in ECR. */
  name: ServiceName;
  dockerfile: string;
  /** TypeScript the image runs; what these reach is in the image. */
  entries: string[];
  /** Besides: whoever changes anything below changes the image. */
  folders: string[];
}

export const SERVICE_NAMES = ['realtime', 'worker', 'meeting-ingest', 'code-function', 'langflow'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Not TypeScript and read at run time; what of it one process needs is too little to tell apart. */
const DATA = ['adapters/speech-local/data', 'problems'];

export const SERVICES: readonly Service[] = [
  { name: 'realtime', dockerfile: 'realtime-server/Dockerfile', entries: ['realtime-server/main.ts'], folders: DATA },
  { name: 'worker', dockerfile: 'workers/Dockerfile', entries: ['workers/main.ts', 'scripts/migrate.ts'], folders: [...DATA, 'supabase/migrations', 'workers/closing-workflow'] },
  { name: 'meeting-ingest', dockerfile: 'workers/meeting-ingest/Dockerfile', entries: ['workers/meeting-ingest/main.ts'], folders: [] },
  { name: 'code-function', dockerfile: 'workers/code-function/Dockerfile', entries: [], folders: ['workers/code-function', 'adapters/sandbox'] },
  // Whoever changes the flow only deploys it with the word [langflow]: the service stops while it is replaced.
  { name: 'langflow', dockerfile: 'workers/langflow/Dockerfile', entries: [], folders: ['workers/langflow'] },
];

/** Images that are built by hand or by docker-compose.dev.yml alone. */
export const LOCAL_DOCKERFILES = ['app/Dockerfile', 'workers/code-runner/Dockerfile'] as const;

/** What is deployed as an image, and what goes into it: whoever changes that makes another image. */
import { REPOSITORIES } from '../../amplify/custom/image-tags.ts';
import type { ImageName } from '../../amplify/custom/image-tags.ts';

export interface Service {
  name: ImageName;
  /** In ECR. */
  repository: string;
  dockerfile: string;
  /** TypeScript the image runs; what these reach is in the image. */
  entries: string[];
  /** Besides: whoever changes anything below changes the image. */
  folders: string[];
}

/** Not TypeScript and read at run time; what of it one process needs is too little to tell apart. */
const DATA = ['adapters/speech-local/data', 'problems'];

export const SERVICES: readonly Service[] = [
  { name: 'realtime', repository: REPOSITORIES.realtime, dockerfile: 'realtime-server/Dockerfile', entries: ['realtime-server/main.ts'], folders: DATA },
  { name: 'worker', repository: REPOSITORIES.worker, dockerfile: 'workers/Dockerfile', entries: ['workers/main.ts', 'scripts/migrate.ts'], folders: [...DATA, 'supabase/migrations', 'workers/closing-workflow'] },
  { name: 'ingest', repository: REPOSITORIES.ingest, dockerfile: 'workers/meeting-ingest/Dockerfile', entries: ['workers/meeting-ingest/main.ts'], folders: [] },
  { name: 'codeFunction', repository: REPOSITORIES.codeFunction, dockerfile: 'workers/code-function/Dockerfile', entries: ['workers/code-function/main.ts', 'workers/code-function/prepare.ts'], folders: ['adapters/sandbox/harness'] },
  // Whoever changes the flow only deploys it with the word [langflow]: the service stops while it is replaced.
  { name: 'langflow', repository: REPOSITORIES.langflow, dockerfile: 'workers/langflow/Dockerfile', entries: [], folders: ['workers/langflow'] },
];

/** Images that are built by hand or by docker-compose.dev.yml alone. */
export const LOCAL_DOCKERFILES = ['app/Dockerfile', 'workers/code-runner/Dockerfile'] as const;

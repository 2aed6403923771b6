/**
 * Which build of each image a deploy takes. `IMAGE_TAG` is one commit for all images, or a list (`realtime=<commit>,
 * worker=<commit>, …`): a service whose code did not change keeps its tag, and so is not replaced. Also read by the
 * scripts that deploy, so it imports nothing.
 */
export const IMAGE_NAMES = ['realtime', 'worker', 'ingest', 'codeFunction', 'langflow'] as const;
export type ImageName = (typeof IMAGE_NAMES)[number];
export type ImageTags = Readonly<Record<ImageName, string>>;

/** The repository in ECR that each is pushed to. All environments share them: what ran on staging is what runs on main. */
export const REPOSITORIES: Readonly<Record<ImageName, string>> = {
  realtime: 'spool/realtime',
  worker: 'spool/worker',
  ingest: 'spool/ingest',
  codeFunction: 'spool/code-function',
  langflow: 'spool/langflow',
};

/** Docker's own rule for tags; ours are commits. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** @throws Error when a tag is missing, may move (`latest`), is none, or belongs to no image of ours */
export function parseImageTags(text: string): ImageTags {
  const one = isTag(text.trim()) ? text.trim() : null;
  const pairs = text.split(',').map((part) => part.split('=').map((word) => word.trim()));
  const tags = one !== null ? IMAGE_NAMES.map((name) => [name, one]) : pairs;
  const byName = Object.fromEntries(tags) as Record<string, string | undefined>;
  const wrong = IMAGE_NAMES.filter((name) => !isTag(byName[name] ?? ''));
  const strangers = Object.keys(byName).filter((name) => !(IMAGE_NAMES as readonly string[]).includes(name));
  if (wrong.length === 0 && strangers.length === 0) return byName as ImageTags;
  throw new Error(
    `The images of this environment need a tag that names one build for ever, and "${text}" does not (${[...wrong, ...strangers].join(', ')}). ` +
      'Set IMAGE_TAG to the commit whose images were pushed, or to one for each: realtime=<commit>,worker=<commit>,… (docs/deploy.md).',
  );
}

/** As it stands in `IMAGE_TAG`. */
export function formatImageTags(tags: ImageTags): string {
  return IMAGE_NAMES.map((name) => `${name}=${tags[name]}`).join(',');
}

function isTag(text: string): boolean {
  return TAG.test(text) && text !== 'latest';
}

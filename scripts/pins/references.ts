/** Images and actions named in a file, each with its tag and, once pinned, what that stands for. */

export interface Reference {
  kind: 'image' | 'action';
  /** Of an image with its registry where there is one; of an action `owner/name`. */
  name: string;
  tag: string;
  /** `sha256:…` or the 40 digits of a commit; null while it is not pinned. */
  pin: string | null;
  /** From 1. */
  line: number;
  /** As it stands in the file, pin included. */
  text: string;
}

const DIGEST = String.raw`(?:@(sha256:[0-9a-f]{64}))?`;
const IMAGE = String.raw`([a-z0-9][\w.-]*(?::\d+)?(?:/[\w.-]+)*):([\w][\w.-]*)${DIGEST}`;
const FROM = new RegExp(String.raw`^FROM\s+(?:--\S+\s+)*(${IMAGE})(?=\s|$)`);
const COMPOSE = new RegExp(String.raw`^\s*(?:-\s+)?image:\s*['"]?(${IMAGE})['"]?\s*(?:#.*)?$`);
/** In the cloud definition: a constant that is named so. */
const CONSTANT = new RegExp(String.raw`\b[A-Z_]*IMAGE\b[^=]*=\s*['"](${IMAGE})['"]`);
/** `uses: owner/name@v1.2.3`, or pinned: `uses: owner/name@<commit> # v1.2.3`. Workflows of this repository begin with a dot. */
const USES = /^\s*(?:-\s+)?uses:\s*((?<name>[\w-]+\/[\w.-]+)(?<inner>\/[\w./-]+)?@(?:(?<commit>[0-9a-f]{40})\s+#\s*(?<said>\S+)|(?<tag>[^\s#]+)))\s*$/;

export function pinnable(file: string, text: string): Reference[] {
  const image = file.endsWith('Dockerfile') ? FROM : file.endsWith('.ts') ? CONSTANT : COMPOSE;
  return text.split('\n').flatMap((line, index): Reference[] => {
    const at = { line: index + 1 };
    const [, whole, name, tag, pin = null] = image.exec(line) ?? [];
    if (whole && name && tag) return [{ ...at, kind: 'image', name, tag, pin, text: whole }];
    const action = file.startsWith('.github/') ? USES.exec(line) : null;
    const said = action?.groups ?? {};
    return action?.[1] && said.name ? [{ ...at, kind: 'action', name: said.name, tag: said.said ?? said.tag ?? '', pin: said.commit ?? null, text: action[1] }] : [];
  });
}

/** The file's text with that reference pinned. @throws Error when `pin` is none */
export function withPin(text: string, reference: Reference, pin: string): string {
  const right = reference.kind === 'image' ? /^sha256:[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/;
  if (!right.test(pin)) throw new Error(`"${pin.slice(0, 80)}" is no ${reference.kind === 'image' ? 'digest' : 'commit'}.`);
  const lines = text.split('\n');
  const bare = reference.text.replace(/@.*$/, '');
  const pinned = reference.kind === 'image' ? `${bare}@${pin}` : `${bare}@${pin} # ${reference.tag}`;
  lines[reference.line - 1] = lines[reference.line - 1]!.replace(reference.text, pinned);
  return lines.join('\n');
}

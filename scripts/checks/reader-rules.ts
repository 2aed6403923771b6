/** House rules for what a person reads first: links lead somewhere, commands and settings exist, no setting is left out. */
import { lineAt } from './finding.ts';
import type { Finding, SourceFile } from './finding.ts';

/** Links and pictures, in Markdown and in HTML. Addresses and places on the same page are left alone. */
export function checkLinks(document: SourceFile, exists: (path: string) => boolean): Finding[] {
  const folder = document.path.split('/').slice(0, -1);
  return [...document.text.matchAll(/\]\(([^)\s#]+)[^)]*\)|\b(?:src|srcset|href)="([^"\s#]+)"/g)]
    .map((match) => ({ target: match[1] ?? match[2] ?? '', line: lineAt(document.text, match.index) }))
    .filter(({ target }) => !/^[a-z]+:/.test(target) && !exists(resolve(folder, target)))
    .map(({ target, line }) => ({ where: `${document.path}:${line}`, message: `The link to ${target} leads nowhere. Correct it or take it out.` }));
}

function resolve(folder: readonly string[], target: string): string {
  const parts = [...folder];
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Every `./spool <command>` in a document is one that the script has. */
export function checkCommands(document: SourceFile, script: SourceFile): Finding[] {
  const known = new Set(/^\s*(\w+(?: \| \w+)*)\) shift ;;$/m.exec(script.text)?.[1]?.split(' | '));
  return [...document.text.matchAll(/\.\/spool ([a-z]+)/g)]
    .filter((match) => !known.has(match[1] ?? '') && match[1] !== 'help')
    .map((match) => ({ where: `${document.path}:${lineAt(document.text, match.index)}`, message: `There is no command ./spool ${match[1]}. Correct the document or add the command.` }));
}

/** Every setting in `configuration` (config/environment.ts) stands in one of the documents, and these name no other. */
export function checkSettings(documents: readonly SourceFile[], configuration: SourceFile): Finding[] {
  const known = [...configuration.text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? '');
  const named = documents.flatMap((document) => [...document.text.matchAll(/\b(?:(?:SPOOL|OPENAI|COGNITO|SUPABASE|LANGFLOW)_[A-Z0-9_]+|DATABASE_URL|ECS_AGENT_URI|AWS_LAMBDA_RUNTIME_API)\b/g)].map((match) => ({ name: match[0], where: `${document.path}:${lineAt(document.text, match.index)}` })));
  const names = new Set(named.map(({ name }) => name));
  return [
    ...named.filter(({ name }) => !known.includes(name)).map(({ name, where }) => ({ where, message: `${configuration.path} knows no setting ${name}. Correct the name or take it out.` })),
    ...known.filter((name) => !names.has(name)).map((name) => ({ where: documents[0]?.path ?? configuration.path, message: `The setting ${name} is not explained. Add it to a table of settings (${documents.map(({ path }) => path).join(', ')}).` })),
  ];
}

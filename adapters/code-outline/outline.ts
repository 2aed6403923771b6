/** What a source file defines at its top level, read by real parsers (Lezer's grammars) without running anything. */
import type { SyntaxNode } from '@lezer/common';
import type { SourceOutline } from '#domain/code/entry-point.ts';
import type { Language } from '#domain/code/run.ts';
import { parseWithin } from './parsers.ts';

type Method = SourceOutline['classes'][number]['methods'][number];
type Reader = (top: SyntaxNode, text: (node: SyntaxNode | null) => string) => Omit<SourceOutline, 'hasErrors'>;

const READERS: Record<Language, Reader> = { python: readPython, javascript: readJavaScript, java: readJava, cpp: readCpp };

/** Real answers take milliseconds; what is no code of the language can take its parser seconds, and others wait for this process. */
const TIME_LIMIT_MS = 300;

/** What takes too long to read defines nothing that could be called: who wants it run has to name its function. */
export function outlineOf(language: Language, source: string): SourceOutline {
  const endAtMs = performance.now() + TIME_LIMIT_MS;
  const tree = parseWithin(language, source, () => performance.now() > endAtMs);
  if (!tree) return { functions: [], classes: [], isModule: false, hasErrors: true };
  const top = tree.topNode;
  return { ...READERS[language](top, (node) => (node ? source.slice(node.from, node.to) : '')), hasErrors: hasErrors(top) };
}

function hasErrors(top: SyntaxNode): boolean {
  let found = false;
  top.toTree().iterate({
    enter(node) {
      if (node.type.isError) found = true;
      return !found;
    },
  });
  return found;
}

function childrenOf(node: SyntaxNode | null): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) children.push(child);
  return children;
}

/** Names with a leading underscore are private by convention. */
function readPython(top: SyntaxNode, text: (node: SyntaxNode | null) => string): Omit<SourceOutline, 'hasErrors'> {
  const functions: SourceOutline['functions'] = [];
  const classes: SourceOutline['classes'] = [];
  const isPublic = (name: string) => !name.startsWith('_');
  // `if __name__ == …` and `try` hold no functions of interest; decorated definitions lie one level deeper.
  const definitions = childrenOf(top).flatMap((node) => (node.name === 'DecoratedStatement' ? childrenOf(node) : [node]));
  for (const node of definitions) {
    const name = text(node.getChild('VariableName'));
    if (node.name === 'FunctionDefinition') functions.push({ name, isPublic: isPublic(name) });
    else if (node.name === 'AssignStatement' && name !== '' && node.getChild('LambdaExpression')) functions.push({ name, isPublic: isPublic(name) });
    else if (node.name === 'ClassDefinition') {
      const body = childrenOf(node.getChild('Body')).flatMap((child) => (child.name === 'DecoratedStatement' ? childrenOf(child) : [child]));
      const methods = body.filter((child) => child.name === 'FunctionDefinition').map((child) => text(child.getChild('VariableName')));
      classes.push({ name, isPublic: isPublic(name), methods: methods.map((method) => ({ name: method, isPublic: isPublic(method) })) });
    }
  }
  return { functions: lastOfEachName(functions), classes, isModule: false };
}

/** Where anything is exported, that is public; else everything is. */
function readJavaScript(top: SyntaxNode, text: (node: SyntaxNode | null) => string): Omit<SourceOutline, 'hasErrors'> {
  const functions: { name: string; isPublic: boolean }[] = [];
  const classes: SourceOutline['classes'] = [];
  const exported = new Set<string>();
  let isModule = false;
  const define = (node: SyntaxNode, isExported: boolean) => {
    const named = (name: string) => {
      if (isExported && name !== '') exported.add(name);
      return name;
    };
    if (node.name === 'FunctionDeclaration') {
      const name = named(text(node.getChild('VariableDefinition')));
      if (name !== '') functions.push({ name, isPublic: true });
    } else if (node.name === 'ClassDeclaration') {
      const methods = childrenOf(node.getChild('ClassBody')).filter((child) => child.name === 'MethodDeclaration').flatMap((child): Method[] => {
        const name = text(child.getChild('PropertyDefinition'));
        return name === '' || name === 'constructor' || child.getChild('static') || child.getChild('get') || child.getChild('set') ? [] : [{ name, isPublic: !name.startsWith('_') }];
      });
      classes.push({ name: named(text(node.getChild('VariableDefinition'))), isPublic: true, methods });
    } else if (node.name === 'VariableDeclaration') {
      let name = '';
      for (const child of childrenOf(node)) {
        if (child.name === 'VariableDefinition') name = text(child);
        if (name !== '' && (child.name === 'ArrowFunction' || child.name === 'FunctionExpression')) functions.push({ name: named(name), isPublic: true });
      }
    }
  };
  for (const node of childrenOf(top)) {
    if (node.name === 'ImportDeclaration') isModule = true;
    if (node.name === 'ExportDeclaration') {
      isModule = true;
      for (const child of childrenOf(node)) {
        define(child, true);
        // `export { a, b as c }` and `export default a`
        if (child.name === 'ExportGroup') for (const each of childrenOf(child)) if (each.name === 'VariableName') exported.add(text(each));
        if (child.name === 'VariableName') exported.add(text(child));
      }
    } else if (node.name === 'ExpressionStatement') {
      for (const name of commonJsExports(node.getChild('AssignmentExpression'), text)) exported.add(name);
    } else define(node, false);
  }
  const known = functions.filter(({ name }) => exported.has(name)).length > 0 || classes.some(({ name }) => exported.has(name));
  return {
    functions: lastOfEachName(functions.map((each) => ({ ...each, isPublic: known ? exported.has(each.name) : !each.name.startsWith('_') }))),
    classes,
    isModule,
  };
}

/** Names in `module.exports = a`, `module.exports = {a, b: c}`, `module.exports.a = a`, `exports.a = b`. */
function commonJsExports(assignment: SyntaxNode | null, text: (node: SyntaxNode | null) => string): string[] {
  const [target, , value] = childrenOf(assignment);
  if (!target || !value || !/^(?:module\.)?exports\b/.test(text(target))) return [];
  if (value.name === 'VariableName') return [text(value)];
  if (value.name !== 'ObjectExpression') return [];
  return value.getChildren('Property').map((property) => text(property.getChild('VariableName') ?? property.getChild('PropertyDefinition')));
}

function readJava(top: SyntaxNode, text: (node: SyntaxNode | null) => string): Omit<SourceOutline, 'hasErrors'> {
  const isPublic = (node: SyntaxNode) => node.getChild('Modifiers')?.getChild('public') != null;
  const classes = childrenOf(top)
    .filter(({ name }) => /^(?:Class|Record|Enum|Interface)Declaration$/.test(name))
    .map((node) => {
      const body = childrenOf(node).find(({ name }) => /Body$/.test(name)) ?? null;
      const methods = childrenOf(body).filter(({ name }) => name === 'MethodDeclaration').map((method) => ({ name: text(method.getChild('Definition')), isPublic: isPublic(method) }));
      return { name: text(node.getChild('Definition')), isPublic: isPublic(node), methods: methods.filter((_each, index) => !isPrivate(childrenOf(body).filter(({ name }) => name === 'MethodDeclaration')[index]!)) };
    });
  return { functions: [], classes, isModule: false };
}

function isPrivate(node: SyntaxNode): boolean {
  return node.getChild('Modifiers')?.getChild('private') != null;
}

/** Free functions with a body; `static` ones and those of an unnamed namespace are not public. */
function readCpp(top: SyntaxNode, text: (node: SyntaxNode | null) => string): Omit<SourceOutline, 'hasErrors'> {
  const functions: SourceOutline['functions'] = [];
  const classes: SourceOutline['classes'] = [];
  for (const outer of childrenOf(top)) {
    const node = outer.name === 'TemplateDeclaration' ? outer.getChild('FunctionDefinition') : outer;
    if (node?.name === 'FunctionDefinition') {
      const name = cppName(node, 'Identifier', text);
      // Templates cannot be called without knowing their types.
      if (name !== '') functions.push({ name, isPublic: outer === node && !childrenOf(node).some((child) => text(child) === 'static') });
    } else if (node && /^(?:Class|Struct)Specifier$/.test(node.name)) {
      let open = node.name === 'StructSpecifier';
      const methods: Method[] = [];
      for (const child of childrenOf(node.getChild('FieldDeclarationList'))) {
        if (child.name === 'AccessSpecifier') open = text(child).startsWith('public');
        // A constructor is a FunctionDefinition whose name is no field.
        const name = child.name === 'FunctionDefinition' ? cppName(child, 'FieldIdentifier', text) : '';
        if (name !== '') methods.push({ name, isPublic: open });
      }
      classes.push({ name: text(node.getChild('TypeIdentifier')), isPublic: true, methods });
    }
  }
  return { functions: lastOfEachName(functions), classes, isModule: false };
}

/** The name lies below pointer and reference declarators. */
function cppName(definition: SyntaxNode, kind: string, text: (node: SyntaxNode | null) => string): string {
  let node: SyntaxNode | null = definition;
  while (node && node.name !== 'FunctionDeclarator') node = childrenOf(node).find(({ name }) => /^(?:Pointer|Reference|Function)Declarator$/.test(name)) ?? null;
  return text(node?.getChild(kind) ?? null);
}

function lastOfEachName<T extends { name: string }>(named: T[]): T[] {
  return [...new Map(named.map((each) => [each.name, each])).values()];
}

/** Code measures over Lezer's trees: one walk, no recursion, so that no nesting is too deep. */
import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import type { CodeMeasures, Structure } from '#domain/code/measures.ts';
import { MAX_MEASURED_CHARS, STRUCTURES } from '#domain/code/measures.ts';
import type { Language } from '#domain/code/run.ts';
import { parseWithin } from './parsers.ts';

/** More is not looked at: a look happens before an answer, on the event loop that carries the audio. */
const MAX_MEASURE_MS = 120;
const NODES_BETWEEN_LOOKS = 200;
const MAX_CALL_DEPTH = 4;
/** An answer of an interview has a dozen. */
const MAX_FUNCTIONS = 200;

interface Scope {
  name: string;
  from: number;
  to: number;
  loops: number;
  deepest: number;
  /** `own`: of this file, as far as the words tell, and not of some other object. */
  calls: { name: string; loops: number; own: boolean }[];
}

const LOOPS = new Set(['ForStatement', 'WhileStatement', 'DoStatement', 'EnhancedForStatement', 'ForRangeLoop']);
/** Called with a function over each element. */
const EACH = /^(?:forEach|map|filter|reduce|reduceRight|some|every|find|findIndex|findLast|flatMap|mapToInt|mapToObj|mapToLong|anyMatch|allMatch|noneMatch|for_each|transform|any_of|all_of|none_of|find_if|count_if|removeIf|computeAll)$/;
const FUNCTIONS = new Set(['FunctionDefinition', 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunction', 'MethodDeclaration', 'LambdaExpression']);
const IDENTIFIERS = new Set(['VariableName', 'TypeName', 'TypeIdentifier', 'Identifier', 'ScopedIdentifier']);
/** "Comment". */
const MIN_INTERESTING_CHARS = 7;
const CALLS = new Set(['CallExpression', 'MethodInvocation']);

const NAMED: { is: Structure; name: RegExp }[] = [
  { is: 'map', name: /^(?:dict|defaultdict|Counter|OrderedDict|Map|WeakMap|HashMap|TreeMap|LinkedHashMap|map|unordered_map|multimap|fromEntries|groupingBy|toMap)$/ },
  { is: 'set', name: /^(?:set|frozenset|Set|WeakSet|HashSet|TreeSet|LinkedHashSet|unordered_set|multiset|toSet|toUnmodifiableSet)$/ },
  { is: 'sort', name: /^(?:sort|sorted|toSorted|stable_sort|partial_sort|TreeMap|TreeSet)$/ },
  { is: 'stack', name: /^(?:Stack|stack)$/ },
  { is: 'queue', name: /^(?:popleft|queue|Queue)$/ },
  { is: 'heap', name: /^(?:heapq|heappush|heappop|heapify|PriorityQueue|priority_queue|make_heap|push_heap|[A-Za-z]*Heap)$/ },
];
/** Names that any rule below looks at. */
const INTERESTING = /^(?:.|temp|tmp|foo|bar|baz|[a-zA-Z]\w?|data\d+|v(?:ar|al)\d*|things?|stuff|asdf|aa+|bb+|xx+|cout|.*(?:dict|Dict|Map|map|Set|set|Counter|fromEntries|By|[sS]ort(?:ed)?|tack|ueue|popleft|[hH]eap(?:q|push|pop|ify)?|priority_queue))$/i;
/** As a function's name these are its own business, and "map" over a list is no map. */
const METHODS_ONLY = new Set(['sort', 'sorted', 'toSorted', 'popleft', 'fromEntries', 'groupingBy', 'toMap', 'toSet', 'toUnmodifiableSet', 'heappush', 'heappop', 'heapify']);
const PRINTS: Record<Language, RegExp> = { python: /^print$/, javascript: /^console\.(?:log|error|warn|info|debug)$/, java: /^System\.(?:out|err)\.print(?:ln|f)?$/, cpp: /^(?:printf|puts|std::printf)$/ };
const COUNTERS = new Set('i j k l n m x y r c h w p q _ it lo hi'.split(' '));
const SAYS_NOTHING = /^(?:temp|tmp|foo|bar|baz|data\d+|var\d*|val\d+|thing|things|stuff|asdf|aa+|bb+|xx+|[a-z]\d)$/i;

export function measureCode(language: Language, source: string): CodeMeasures | null {
  if (source.length > MAX_MEASURED_CHARS) return null;
  const untilMs = performance.now() + MAX_MEASURE_MS;
  const isOver = () => performance.now() > untilMs;
  const tree = parseWithin(language, source, isOver);
  const walk = new Walk(language, source);
  return tree && walk.over(tree, isOver) ? walk.measures() : null;
}

class Walk {
  readonly #language: Language;
  readonly #source: string;
  readonly #scopes: Scope[] = [{ name: '', from: 0, to: 0, loops: 0, deepest: 0, calls: [] }];
  readonly #done: Scope[] = [];
  readonly #uses = new Set<Structure>();
  readonly #vague = new Set<string>();
  /** Methods called on a variable: `stack.append`, `stack.pop`. */
  readonly #methods = new Map<string, Set<string>>();
  readonly #comments: { from: number; to: number }[] = [];
  #prints = 0;
  #hasErrors = false;

  constructor(language: Language, source: string) {
    this.#language = language;
    this.#source = source;
  }

  /** False: it took too long and was given up. */
  over(tree: Tree, isOver: () => boolean): boolean {
    let nodes = 0;
    let late = false;
    tree.iterate({
      enter: (node) => {
        if (late) return false;
        nodes += 1;
        if (nodes % NODES_BETWEEN_LOOKS === 0 && isOver()) late = true;
        this.#enter(node);
        return;
      },
      leave: (node) => {
        if (!late) this.#leave(node);
      },
    });
    this.#done.push(this.#scopes[0]!);
    for (const scope of this.#done) if (!this.#byName.has(scope.name)) this.#byName.set(scope.name, scope);
    return !late && this.#done.length <= MAX_FUNCTIONS;
  }
  readonly #byName = new Map<string, Scope>();

  measures(): CodeMeasures {
    const recursion = this.#recursion();
    this.#collections(recursion);
    const commentLines = this.#lineCount(this.#comments);
    const lines = this.#source.split('\n').filter((line) => line.trim() !== '').length;
    const functions = this.#done.filter(({ name }) => name !== '').map(({ name, from, to }) => ({ name, lines: this.#source.slice(from, to).trimEnd().split('\n').length }));
    return {
      loopDepth: Math.max(0, ...this.#done.map((scope) => this.#depthOf(scope, new Set()))),
      recursion,
      uses: STRUCTURES.filter((each) => this.#uses.has(each)),
      functions,
      vagueNames: [...this.#vague],
      commentLines,
      prints: this.#prints,
      codeLines: Math.max(0, lines - commentLines),
      hasErrors: this.#hasErrors,
    };
  }

  #text(node: { from: number; to: number } | null | undefined): string {
    return node ? this.#source.slice(node.from, node.to) : '';
  }
  get #scope(): Scope {
    return this.#scopes.at(-1)!;
  }

  /** Only few kinds of nodes are looked at closely: making an object of each would take most of the time. */
  #enter(ref: SyntaxNodeRef): void {
    const { name } = ref;
    if (ref.type.isError) this.#hasErrors = true;
    if (this.#bodies.at(-1) !== undefined && this.#isBody(ref)) this.#loop(1);
    if (FUNCTIONS.has(name)) return this.#openFunction(ref.node);
    if (IDENTIFIERS.has(name)) return this.#named(ref);
    if (CALLS.has(name)) return this.#call(ref.node);
    if (LOOPS.has(name)) return void this.#bodies.push(bodyOf(ref.node));
    if (name.length < MIN_INTERESTING_CHARS) return;
    if (name.endsWith('Comment')) this.#comments.push({ from: ref.from, to: ref.to });
    else if (name.includes('Comprehension')) this.#loop(ref.node.getChildren('for').length || 1);
    if (name.startsWith('Set')) this.#uses.add('set');
    else if (name.startsWith('Dictionary')) this.#inFunction('map');
    else if (name === 'AssignmentExpression') this.#keyed(ref.node);
  }

  #leave(ref: SyntaxNodeRef): void {
    const { name } = ref;
    if (FUNCTIONS.has(name)) this.#closeFunction(ref.node);
    else if (LOOPS.has(name)) this.#bodies.pop();
    else if (name.includes('Comprehension')) this.#scope.loops -= ref.node.getChildren('for').length || 1;
    if (this.#bodies.at(-1) !== undefined && this.#isBody(ref)) this.#scope.loops -= 1;
  }
  /** What is repeated by the loops that are open. */
  readonly #bodies: ({ from: number; to: number; name: string } | null)[] = [];
  #isBody({ from, to, name }: SyntaxNodeRef): boolean {
    const body = this.#bodies.at(-1);
    return body != null && body.from === from && body.to === to && body.name === name;
  }

  #loop(levels: number): void {
    this.#scope.loops += levels;
    this.#scope.deepest = Math.max(this.#scope.deepest, this.#scope.loops);
  }

  #openFunction(node: SyntaxNode): void {
    if (this.#isCallback(node)) return this.#loop(1);
    const name = this.#nameOf(node);
    // A nameless function, such as a comparison, belongs to where it stands.
    if (name === '') return;
    this.#scopes.push({ name, from: node.from, to: node.to, loops: 0, deepest: 0, calls: [] });
  }
  #closeFunction(node: SyntaxNode): void {
    if (this.#isCallback(node)) {
      this.#scope.loops -= 1;
      return;
    }
    if (this.#nameOf(node) !== '') this.#done.push(this.#scopes.pop()!);
  }

  /** Given to something that calls it for each element. */
  #isCallback(node: SyntaxNode): boolean {
    const call = node.parent && /^(?:ArgList|ArgumentList)$/.test(node.parent.name) ? node.parent.parent : null;
    return call !== null && CALLS.has(call.name) && EACH.test(this.#calledName(call));
  }

  #nameOf(node: SyntaxNode): string {
    switch (node.name) {
      case 'FunctionDefinition':
        return this.#language === 'cpp' ? this.#declared(node) : this.#text(node.getChild('VariableName'));
      case 'FunctionDeclaration':
        return this.#text(node.getChild('VariableDefinition'));
      case 'MethodDeclaration':
        return this.#text(node.getChild('PropertyDefinition') ?? node.getChild('Definition'));
      default: {
        const owner = node.parent;
        if (owner?.name === 'VariableDeclaration') return this.#text(owner.getChild('VariableDefinition'));
        if (owner?.name === 'AssignStatement') return this.#text(owner.getChild('VariableName'));
        if (owner?.name === 'InitDeclarator') return this.#text(owner.getChild('Identifier'));
        return '';
      }
    }
  }
  /** The name lies below pointer and reference declarators. */
  #declared(definition: SyntaxNode): string {
    let node: SyntaxNode | null = definition;
    for (let levels = 0; node && node.name !== 'FunctionDeclarator' && levels < 8; levels += 1) node = node.getChild('FunctionDeclarator') ?? node.getChild('PointerDeclarator') ?? node.getChild('ReferenceDeclarator');
    return this.#text(node?.getChild('Identifier') ?? node?.getChild('FieldIdentifier') ?? node?.getChild('ScopedIdentifier')?.lastChild);
  }

  #calledName(call: SyntaxNode): string {
    const target = call.getChild('MethodName') ?? call.firstChild;
    return /[\w$]+$/.exec(this.#text(target).replace(/<[^<>]*>$/, ''))?.[0] ?? '';
  }

  #call(node: SyntaxNode): void {
    const name = this.#calledName(node);
    const args = node.getChild('ArgList') ?? node.getChild('ArgumentList');
    const target = this.#text({ from: node.from, to: args?.from ?? node.to });
    this.#scope.calls.push({ name, loops: this.#scope.loops, own: /^(?:(?:this|self|Solution)\s*(?:\.|->)\s*#?)?[\w$]+\s*(?:<[^<>]*>)?\s*$/.test(target) });
    if (PRINTS[this.#language].test(target.trim()) && this.#scope.name !== '' && this.#scope.name !== 'main') this.#prints += 1;
    if (METHODS_ONLY.has(name)) for (const { is, name: names } of NAMED) if (names.test(name)) this.#uses.add(is);
    const object = /^([\w$]+)\s*(?:\.|->)\s*[\w$]+\s*$/.exec(target)?.[1];
    if (object) {
      const called = this.#methods.get(object) ?? new Set();
      // `pop(0)` takes from the front.
      called.add(name === 'pop' && args && /\d/.test(this.#text(args)) && this.#language === 'python' && !/-1/.test(this.#text(args)) ? 'popleft' : name);
      this.#methods.set(object, called);
    }
  }

  #named(ref: SyntaxNodeRef): void {
    const name = this.#text(ref);
    if (!INTERESTING.test(name)) return;
    const { node } = ref;
    const { parent } = node;
    if (this.#language === 'cpp' && name === 'cout' && this.#scope.name !== '' && this.#scope.name !== 'main') this.#prints += 1;
    if (!METHODS_ONLY.has(name) && !/^(?:ParamList|FormalParameters?|ParameterList|ParameterDeclaration|ImportStatement|ImportDeclaration|UsingDeclaration)$/.test(parent?.name ?? '') && !this.#isParameter(node)) {
      const built = this.#language !== 'python' && this.#language !== 'javascript' ? /Type|Creation|Scoped|Template/.test(`${node.name} ${parent?.name ?? ''}`) : /^(?:CallExpression|NewExpression|MemberExpression)$/.test(parent?.name ?? '') && parent!.firstChild?.nextSibling !== null && (parent!.name !== 'CallExpression' || parent!.firstChild?.from === node.from);
      if (built) for (const { is, name: names } of NAMED) if (names.test(name.replace(/^.*::/, '')) && !(this.#language === 'python' && name === 'map')) this.#uses.add(is);
    }
    if (this.#isAssigned(node) && ((name.length === 1 && !COUNTERS.has(name)) || SAYS_NOTHING.test(name))) this.#vague.add(name);
  }

  #isParameter(node: SyntaxNode): boolean {
    for (let at: SyntaxNode | null = node.parent, levels = 0; at && levels < 6; at = at.parent, levels += 1) {
      if (/^(?:FormalParameter|ParameterDeclaration|ParamList)$/.test(at.name)) return true;
      if (/^(?:Block|CompoundStatement|Body|Declaration|LocalVariableDeclaration)$/.test(at.name)) return false;
      // What a function gives back stands before its name.
      if (FUNCTIONS.has(at.name)) return true;
    }
    return false;
  }

  #isAssigned(node: SyntaxNode): boolean {
    const { parent } = node;
    if (!parent || this.#scope.name === '') return false;
    if (parent.name === 'AssignStatement') return node.from < (parent.getChild('AssignOp')?.from ?? 0);
    if (node.name === 'Identifier' && parent.name === 'InitDeclarator') return parent.parent?.parent?.name !== 'ForStatement';
    return false;
  }

  /** A plain object of JavaScript used as a map: `seen[value] = index`. */
  #keyed(node: SyntaxNode): void {
    const target = node.firstChild;
    if (this.#language === 'javascript' && target?.name === 'MemberExpression' && target.getChild('[')) this.#objectKeys.add(this.#text(target.firstChild));
  }
  readonly #objectKeys = new Set<string>();

  #inFunction(structure: Structure): void {
    if (this.#scope.name !== '') this.#uses.add(structure);
  }

  #collections(recursion: boolean): void {
    for (const called of this.#methods.values()) {
      const puts = ['append', 'push', 'push_back', 'add', 'addLast', 'offer', 'emplace_back'].some((name) => called.has(name));
      const takesLast = ['pop', 'pop_back', 'removeLast', 'pollLast'].some((name) => called.has(name));
      const takesFirst = ['popleft', 'shift', 'poll', 'pop_front', 'removeFirst', 'pollFirst', 'remove'].some((name) => called.has(name));
      // Taking back the last step of a path is no stack of its own.
      if (puts && takesLast && !takesFirst && !recursion) this.#uses.add('stack');
      if (puts && takesFirst && !this.#uses.has('heap') && !(called.has('remove') && !called.has('add'))) {
        if (called.has('popleft') || called.has('shift') || called.has('poll') || called.has('pop_front') || called.has('removeFirst') || called.has('pollFirst')) this.#uses.add('queue');
      }
    }
    for (const object of this.#objectKeys) if (new RegExp(`\\b${escaped(object)}\\s*=\\s*(?:\\{\\s*\\}|Object\\.create\\(null\\))`).test(this.#source)) this.#uses.add('map');
    // A stack or queue of the library is one, whatever it is used for.
    if (this.#uses.has('queue') && this.#uses.has('stack') && recursion) this.#uses.delete('stack');
  }

  /** Loops around a call count for what is called. */
  #depthOf(scope: Scope, seen: Set<string>): number {
    if (seen.has(scope.name)) return scope.deepest;
    const inside = new Set(seen).add(scope.name);
    // Each callee once, from its deepest call.
    const deepest = new Map<string, { name: string; loops: number; own: boolean }>();
    for (const call of scope.calls) if (call.own && (deepest.get(call.name)?.loops ?? -1) < call.loops) deepest.set(call.name, call);
    const through = [...deepest.values()].map(({ name, loops, own }) => {
      const callee = !own || name === scope.name || inside.has(name) ? undefined : this.#byName.get(name);
      return callee && callee !== scope && inside.size < MAX_CALL_DEPTH ? loops + this.#depthOf(callee, inside) : 0;
    });
    return Math.max(scope.deepest, ...through);
  }

  #recursion(): boolean {
    const known = new Map(this.#done.filter(({ name }) => name !== '').map((scope) => [scope.name, scope.calls.filter(({ own }) => own).map(({ name }) => name)]));
    return [...known.keys()].some((start) => {
      const seen = new Set<string>();
      const waiting = [...known.get(start)!];
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        if (name === start) return true;
        if (seen.has(name)) continue;
        seen.add(name);
        waiting.push(...(known.get(name) ?? []));
      }
      return false;
    });
  }

  #lineCount(ranges: { from: number; to: number }[]): number {
    const whole = ranges.filter(({ from }) => this.#source.slice(this.#source.lastIndexOf('\n', from - 1) + 1, from).trim() === '');
    return whole.reduce((sum, range) => sum + this.#text(range).split('\n').filter((line) => line.trim() !== '').length, 0);
  }
}

/** What is repeated: the last part of a loop, or the first of a "do". */
function bodyOf(loop: SyntaxNode): SyntaxNode | null {
  return loop.name === 'DoStatement' ? (loop.getChild('Block') ?? loop.getChild('CompoundStatement') ?? loop.firstChild?.nextSibling ?? null) : loop.lastChild;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Runs a candidate's JavaScript inside the sandbox: takes a job over descriptor 3, answers over descriptor 4 (see
 * channel.ts). It holds no expected values; what a program does to it can only make its own answers worse.
 */
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const WORK = '/box/work';
const MAX_DEPTH = 200;
const MAX_NODES = 1_000_000;
const { readSync, writeSync } = fs;
const { stringify, parse, rawJSON } = JSON;
const { isArray } = Array;

class ListNode {
  constructor(val = 0, next = null) {
    this.val = val;
    this.next = next;
  }
}

class TreeNode {
  constructor(val = 0, left = null, right = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }
}

class Unanswerable extends Error {}

function readExactly(count) {
  const bytes = Buffer.allocUnsafe(count);
  for (let at = 0; at < count; ) {
    const got = readSync(3, bytes, at, count - at, null);
    if (got === 0) process.reallyExit(0);
    at += got;
  }
  return bytes;
}

function receive() {
  return parse(readExactly(readExactly(5).readUInt32LE(0)).toString('utf8'));
}

function writeAll(fd, bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at);
}

function sendText(text) {
  const payload = Buffer.from(text, 'utf8');
  const header = Buffer.alloc(5);
  header.writeUInt32LE(payload.length, 0);
  header.write('J', 4);
  writeAll(4, Buffer.concat([header, payload]));
}

function nodeKind(type) {
  const name = type.startsWith('ListNode') ? 'ListNode' : type.startsWith('TreeNode') ? 'TreeNode' : null;
  return name && { name, levels: type.split('[]').length - 1 };
}

function toNodes(value, { name, levels }, nodes) {
  if (levels > 0) return isArray(value) ? value.map((each) => toNodes(each, { name, levels: levels - 1 }, nodes)) : value;
  return name === 'ListNode' ? toList(value, nodes.ListNode) : toTree(value, nodes.TreeNode);
}

function toList(values, Node) {
  let head = null;
  for (const value of (values ?? []).toReversed()) {
    const node = new Node(value);
    node.val = value;
    node.next = head;
    head = node;
  }
  return head;
}

function toTree(values, Node) {
  if (!values || values.length === 0 || values[0] === null) return null;
  const make = (value) => {
    const node = new Node(value);
    node.val = value;
    node.left = node.right = null;
    return node;
  };
  const root = make(values[0]);
  const level = [root];
  for (let at = 1, parent = 0; at < values.length; at += 2, parent += 1) {
    for (const [side, value] of [['left', values[at]], ['right', values[at + 1]]]) {
      if (value === null || value === undefined) continue;
      level[parent][side] = make(value);
      level.push(level[parent][side]);
    }
  }
  return root;
}

/** A structure of plain values: what JSON lacks is converted, refused, or counted as special. */
class Plain {
  special = false;
  #above = new Set();

  of(value) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'undefined':
        return null;
      case 'bigint':
        return rawJSON(String(value));
      case 'number':
        if (Number.isFinite(value)) return value;
        this.special = true;
        return String(value);
      case 'object':
        return value === null ? null : this.#object(value);
      default:
        throw new Unanswerable(`A ${typeof value} was returned, which has no JSON form.`);
    }
  }

  #object(value) {
    if (this.#above.has(value)) throw new Unanswerable('The value that was returned contains itself.');
    if (this.#above.size >= MAX_DEPTH) throw new Unanswerable('The value that was returned is nested too deeply.');
    if (value instanceof Number || value instanceof String || value instanceof Boolean) return this.of(value.valueOf());
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    this.#above.add(value);
    try {
      if (isArray(value)) return Array.from(value, (each) => this.of(each));
      if (value instanceof Set || ArrayBuffer.isView(value)) return Array.from(value, (each) => this.of(each));
      if (value instanceof Map) return Object.fromEntries(Array.from(value, ([name, each]) => [String(name), this.of(each)]));
      if ('val' in value && 'next' in value) return this.#list(value);
      if ('val' in value && 'left' in value && 'right' in value) return this.#tree(value);
      if (typeof value.next === 'function' && typeof value[Symbol.iterator] === 'function') throw new Unanswerable('An iterator was returned. Return an array: [...iterator].');
      return Object.fromEntries(Object.keys(value).map((name) => [name, this.of(value[name])]));
    } finally {
      this.#above.delete(value);
    }
  }

  #list(head) {
    const values = [];
    const seen = new Set();
    for (let node = head; node; node = node.next) {
      if (seen.has(node)) throw new Unanswerable('The list that was returned runs in a circle.');
      if (values.length >= MAX_NODES) throw new Unanswerable('The list that was returned has more than a million nodes.');
      seen.add(node);
      values.push(this.of(node.val));
    }
    return values;
  }

  #tree(root) {
    const values = [];
    const seen = new Set();
    const level = [root];
    for (let at = 0; at < level.length; at += 1) {
      const node = level[at];
      if (!node) {
        values.push(null);
        continue;
      }
      if (seen.has(node)) throw new Unanswerable('The tree that was returned has a node in two places.');
      if (values.length >= MAX_NODES) throw new Unanswerable('The tree that was returned has more than a million nodes.');
      seen.add(node);
      values.push(this.of(node.val));
      level.push(node.left, node.right);
    }
    while (values.length > 0 && values.at(-1) === null) values.pop();
    return values;
  }
}

function wordsOf(error) {
  if (error === null || typeof error !== 'object') return `Uncaught ${typeof error === 'string' ? JSON.stringify(error) : String(error)}`;
  const stack = typeof error.stack === 'string' ? error.stack : `${error.name}: ${error.message}`;
  const lines = stack.split('\n').filter((line) => !/^\s+at /.test(line) || line.includes(`${WORK}/`));
  return lines.join('\n').replaceAll(`file://${WORK}/`, '').replaceAll(`${WORK}/`, '').trim().slice(0, 4_000);
}

function failure(error) {
  if (error instanceof Unanswerable) return { ok: false, error: error.message };
  const code = error?.code;
  const words = wordsOf(error);
  const kind = /Array buffer allocation failed|Invalid typed array length/.test(words) ? 'memory' : code === 'ENOSPC' || code === 'EFBIG' ? 'disk' : code === 'EAGAIN' ? 'processes' : undefined;
  return { ok: false, error: words || 'Error', ...(kind ? { kind } : {}) };
}

function writeFiles(files) {
  for (const file of files) {
    const target = path.join(WORK, file.path);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, file.content);
  }
}

/** Top-level names are seen only from inside the file, so the file itself hands its function out, behind its last line. */
function epilogue(entry) {
  const name = entry.kind === 'method' ? entry.owner : entry.name;
  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
  return `\n;globalThis[Symbol.for('spool.entry')] = { found: ${isName ? `typeof ${name} === 'undefined' ? undefined : ${name}` : 'undefined'}, ListNode: typeof ListNode === 'undefined' ? undefined : ListNode, TreeNode: typeof TreeNode === 'undefined' ? undefined : TreeNode };\n`;
}

async function load(job) {
  const file = path.join(WORK, job.main);
  globalThis.ListNode = ListNode;
  globalThis.TreeNode = TreeNode;
  const source = fs.readFileSync(file, 'utf8') + epilogue(job.entry);
  let exported;
  if (job.isModule || file.endsWith('.mjs')) {
    const url = pathToFileURL(file).href;
    Module.registerHooks({ load: (each, context, next) => (each === url ? { format: 'module', source, shortCircuit: true } : next(each, context)) });
    exported = await import(url);
  } else {
    const module = new Module(file, null);
    module.filename = file;
    module.paths = Module._nodeModulePaths(path.dirname(file));
    Module._cache[file] = module;
    module._compile(source, file);
    module.loaded = true;
    exported = module.exports;
  }
  const handed = globalThis[Symbol.for('spool.entry')] ?? {};
  delete globalThis[Symbol.for('spool.entry')];
  const { entry } = job;
  if (entry.kind === 'method') {
    const Owner = handed.found ?? exported?.[entry.owner];
    if (typeof Owner !== 'function') throw new Unanswerable(`There is no class ${entry.owner} once the file has run.`);
    return { nodes: handed, call: (values) => new Owner()[entry.name](...values) };
  }
  const found = typeof handed.found === 'function' ? handed.found : (exported?.[entry.name] ?? (typeof exported === 'function' ? exported : undefined));
  if (typeof found !== 'function') throw new Unanswerable(`There is no function ${entry.name} once the file has run.`);
  return { nodes: handed, call: (values) => found(...values) };
}

/** Settles a promise, or says that nothing will ever do so: the event loop has run dry. */
let onDry = null;
let onUncaught = null;
process.on('beforeExit', () => onDry?.());
function guard(run) {
  return new Promise((resolve, reject) => {
    onDry = () => reject(new Unanswerable('The promise that was returned never settles.'));
    onUncaught = reject;
    Promise.resolve().then(run).then(resolve, reject);
  }).finally(() => {
    onDry = onUncaught = null;
  });
}

async function tests(job) {
  process.on('uncaughtException', (error) => {
    if (onUncaught) return onUncaught(error);
    writeAll(2, Buffer.from(`${wordsOf(error)}\n`));
    process.reallyExit(1);
  });
  let program;
  try {
    program = await guard(() => load(job));
  } catch (error) {
    sendText(stringify({ type: 'load', ...failure(error) }));
    return process.reallyExit(0);
  }
  const kinds = (job.signature?.parameters ?? []).map(({ type }) => nodeKind(type));
  const returns = job.signature ? nodeKind(job.signature.returns) : null;
  const nodes = { ListNode: program.nodes.ListNode ?? ListNode, TreeNode: program.nodes.TreeNode ?? TreeNode };
  sendText(stringify({ type: 'load', ok: true }));
  for (;;) {
    const message = receive();
    if (message.mark !== undefined) {
      for (const fd of [1, 2]) {
        try {
          writeAll(fd, Buffer.from(message.mark));
        } catch {
          // Its output is closed.
        }
      }
    }
    if (message.input === undefined) continue;
    const given = message.input.map((value, index) => (kinds[index] ? toNodes(value, kinds[index], nodes) : value));
    let text;
    try {
      const value = await guard(() => program.call(given));
      const plain = new Plain();
      const answer = value == null && returns?.levels === 0 ? [] : plain.of(value);
      text = `{"id":${message.id},"ok":true,"special":${plain.special},"value":${stringify(answer)}}`;
    } catch (error) {
      text = stringify({ id: message.id, ...failure(error) });
    }
    sendText(text);
  }
}

function main() {
  // A program that prints without end waits for its reader instead of keeping it all.
  for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
  const job = receive();
  try {
    writeFiles(job.files);
    process.chdir(WORK);
  } catch (error) {
    sendText(stringify({ type: 'load', ...failure(error) }));
    process.reallyExit(1);
  }
  if (job.mode === 'tests') return tests(job);
  fs.closeSync(3);
  fs.closeSync(4);
  process.argv = [process.argv[0], path.join(WORK, job.main), ...job.args];
  process.execArgv = [];
  Module.runMain(process.argv[1]);
}

main();

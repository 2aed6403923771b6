/** The function that runs code, as far as it can be tried without Lambda: its own process, behind Lambda's two interfaces on loopback. */
import { afterAll, describe, expect, it } from 'vitest';
import { codeRunnerContract } from '#adapters/code-runner-contract/code-runner-contract.ts';
import { requestFor } from '#adapters/code-runner-contract/programs.ts';
import { LambdaCodeRunner } from '#adapters/lambda-runner/lambda-runner.ts';
import { systemClock } from '#domain/clock.ts';
import { LANGUAGES } from '#domain/code/run.ts';
import type { Language } from '#domain/code/run.ts';
import { silentLog } from '#domain/log.ts';
import { functionMissing, startFunction } from '../support/code-function.ts';

const missing = functionMissing();
const everything = process.env.SPOOL_TEST_ALL === '1';
const server = missing ? null : await startFunction({ concurrency: 2 });
/** Turns are waited for here, where Lambda would refuse. */
const ANSWER_MS = 120_000;
const runner = new LambdaCodeRunner({ functionName: 'spool-code', clock: systemClock, log: silentLog, answerMs: ANSWER_MS, client: { endpoint: server?.endpoint ?? 'http://127.0.0.1:1', region: 'eu-central-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } } });
afterAll(() => server?.stop());

/** What a machine of its own does not hide. */
const NOT_HERE: Record<string, string> = {
  'files/secrets.py': 'the files of the image are seen; there is nothing in them',
  'files/asks_while_compiling.cpp': 'the same',
  'disk/first_leaves_a_file.py': 'looks at /dev/shm, which is not there; tried below',
  'disk/fill_many_places.py': 'the same; one place is tried',
  'memory/memfd.py': 'memory of files without a name is seen by a control group alone; the machine itself is the limit here',
  'memory/static.cpp': 'the limit keeps the program from starting, which looks like a crash',
};
/** Of the corpus in the gate: what differs from the sandbox of a server. The rest takes minutes, since each has a machine. */
const IN_GATE = ['network/everything.py', 'privilege/kills.py', 'privilege/calls.py', 'processes/fork_setsid.py', 'disk/fill.py'];

describe.skipIf(missing)(`a function${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const HELLO: Record<Language, string> = {
    python: 'print("hello", input())',
    javascript: "console.log('hello', require('node:fs').readFileSync(0, 'utf8').trim());",
    java: 'public class Main { public static void main(String[] args) { System.out.println("hello " + new java.util.Scanner(System.in).nextLine()); } }',
    cpp: '#include <iostream>\n#include <string>\nint main() { std::string word; std::cin >> word; std::cout << "hello " << word << "\\n"; }',
  };

  it('runs the four languages on the one machine of a session, and compiles the same text once', async () => {
    for (const language of LANGUAGES) {
      expect(await runner.run(requestFor(language, HELLO[language], { stdin: 'you\n', sessionId: 'one' }), () => {})).toMatchObject({ status: 'ok', stdout: 'hello you\n', enforcement: 'vm' });
    }
    expect(await runner.run(requestFor('cpp', HELLO.cpp, { stdin: 'again\n', sessionId: 'one' }), () => {})).toMatchObject({ status: 'ok', stdout: 'hello again\n', compile: { timeMs: 0 } });
    expect(server!.made.get('one')).toBe(1);
    expect((await runner.describe()).languages.map(({ missing: lacks }) => lacks)).toEqual([null, null, null, null]);
  }, 240_000);

  it('leaves nothing of a run for the next one of the same session: no file, no process', async () => {
    const leave = 'import os\nfor folder in ("/tmp", "/var/tmp", "/box/work"):\n    open(folder + "/left", "w").write("x")\nos.makedirs("/tmp/a/b")\nos.chmod("/tmp/a", 0)\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        import time\n        time.sleep(600)\n    os._exit(0)\nprint("left")';
    const look = 'import glob, os\nprint([name for folder in ("/tmp", "/var/tmp", "/box/work") for name in sorted(os.listdir(folder)) if name in ("left", "a")])\nprint(sum(b"sleep" in open(name, "rb").read() for name in glob.glob("/proc/[0-9]*/cmdline")), len([1 for name in glob.glob("/proc/[0-9]*/status") if "python" in open(name).readline()]))';
    expect(await runner.run(requestFor('python', leave, { sessionId: 'two' }), () => {})).toMatchObject({ status: 'ok', stdout: 'left\n' });
    expect(await runner.run(requestFor('python', look, { sessionId: 'two' }), () => {})).toMatchObject({ status: 'ok', stdout: '[]\n0 1\n' });
    expect(server!.made.get('two')).toBe(1);
  });

  it('cannot be read by what it runs: neither its memory nor the key it was started with', async () => {
    const read = 'import glob, os\nme = os.getpid()\nfor name in glob.glob("/proc/[0-9]*"):\n    pid = int(name[6:])\n    if pid == me or "bwrap" in open(name + "/comm").read():\n        continue\n    for part in ("environ", "mem", "maps"):\n        try:\n            open(f"{name}/{part}", "rb").read(1)\n            print("read", open(name + "/comm").read().strip(), part)\n        except OSError:\n            pass\nprint(sorted(os.environ), "done")';
    const result = await runner.run(requestFor('python', read, { sessionId: 'three' }), () => {});
    expect(result).toMatchObject({ status: 'ok', stdout: "['HOME', 'LANG', 'LC_ALL', 'PATH', 'PWD', 'TMPDIR'] done\n" });
  });

  it('hands its next invocation, and the hidden inputs of this one, to nobody who asks on loopback', async () => {
    // Any program sees where something listens; on Lambda the address is known anyway.
    const ask = 'import http.client\nports = [int(line.split()[1].split(":")[1], 16) for line in list(open("/proc/net/tcp"))[1:] if line.split()[3] == "0A"]\nprint(len(ports) > 0)\nfor port in ports:\n    try:\n        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=0.5)\n        caller.request("GET", "/2018-06-01/runtime/invocation/next")\n        print("asked", caller.getresponse().status)\n    except OSError as problem:\n        print("no") if problem.errno == 97 else print("sent", problem)';
    const { stdout } = await runner.run(requestFor('python', ask, { sessionId: 'three' }), () => {});
    expect(stdout).toMatch(/^True\n(no\n)+$/);
  });

  codeRunnerContract('lambda', {
    // In the gate all are runs of one session, so that a machine or two are made and not one for each.
    runner: () => (everything ? runner : { name: runner.name, describe: () => runner.describe(), run: (request, tell, signal) => runner.run({ ...request, sessionId: 'gate' }, tell, signal) }),
    languages: missing ? [] : everything ? LANGUAGES : ['python'],
    memoryHeldByKernel: false,
    everything,
    live: false,
    keepsArtefacts: false,
    corpus: ({ name }) => !(name in NOT_HERE) && (everything || IN_GATE.includes(name)),
  });
});

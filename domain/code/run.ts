/** Running code: what is asked for and what comes back, as the contract has it. */
import { z } from 'zod';

export const LANGUAGES = ['python', 'javascript', 'java', 'cpp'] as const;
export const languageSchema = z.enum(LANGUAGES);
export type Language = z.infer<typeof languageSchema>;

/** `exact`: deep, an integer equals its float. `float`: deep, within 1e-6 absolute or relative, NaN never equal. `unordered`: the top level as a multiset. */
export const comparisonSchema = z.enum(['exact', 'unordered', 'float']);
export type Comparison = z.infer<typeof comparisonSchema>;

/** Defaults of a run; a request may lower them freely and raise them to the configured ceiling. */
export const RUN_DEFAULTS = { wallMsPerCase: 30_000, wallMsPerRun: 120_000, memoryMb: 128, outputBytes: 1_048_576, processes: 64, diskBytes: 67_108_864 } as const;

/** Any JSON value, null included; bodies are JSON already. */
export const jsonValueSchema = z.unknown().refine((value) => value !== undefined, 'Give a value; null is one.');

export const testCaseSchema = z.strictObject({ name: z.string().max(200).optional(), input: z.array(jsonValueSchema).max(20), expected: jsonValueSchema, compare: comparisonSchema.optional() });

export const executeInput = z.strictObject({
  sessionId: z.uuid(),
  fileName: z.string().min(1).max(255),
  language: languageSchema.optional().describe('From the extension unless given.'),
  tests: z.enum(['visible', 'all']).optional().describe("The template's; excludes testCases."),
  testCases: z.array(testCaseSchema).min(1).max(200).optional(),
  stdin: z.string().max(1_048_576).optional(),
  args: z.array(z.string().max(4_096)).max(64).optional(),
  entryPoint: z.string().max(120).optional(),
  timeoutMs: z.int().min(1).optional(),
  memoryMb: z.int().min(16).optional(),
});
export type ExecuteInput = z.infer<typeof executeInput>;

/** From the worst to the best: with tests the worst of them decides. */
export const RUN_STATUSES = ['internal_error', 'compile_error', 'memory_limit', 'output_limit', 'time_limit', 'runtime_error', 'failed', 'passed', 'ok'] as const;
export const runStatusSchema = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof runStatusSchema>;
export const limitSchema = z.enum(['wall', 'cpu', 'memory', 'output', 'processes', 'disk']);
export type RunLimit = z.infer<typeof limitSchema>;

/** A hidden test tells its name, whether it passed and how long it took; nothing else. */
export const testResultSchema = z.union([
  z.strictObject({ name: z.string(), hidden: z.literal(true), passed: z.boolean(), timeMs: z.number() }),
  z.strictObject({ name: z.string(), passed: z.boolean(), actual: z.unknown().optional(), expected: z.unknown(), stdout: z.string(), error: z.string().nullable(), timeMs: z.number() }),
]);
export type TestResult = z.infer<typeof testResultSchema>;

/** How memory was held: by the kernel's accounting of the whole run, or by per-process limits and sampling. */
export const ENFORCEMENTS = ['cgroup-v2', 'cgroup-v1', 'vm', 'rlimit+sampler'] as const;

export const runResultSchema = z.strictObject({
  status: runStatusSchema,
  limit: limitSchema.optional(),
  success: z.boolean(),
  language: languageSchema,
  compile: z.strictObject({ exitCode: z.int().nullable(), stderr: z.string(), timeMs: z.number() }).optional(),
  results: z.array(testResultSchema).optional(),
  stdout: z.string(),
  stderr: z.string(),
  /** Output beyond the limit was cut off. */
  truncated: z.boolean(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  timeMs: z.number(),
  cpuMs: z.number(),
  /** The peak of the whole run. */
  memoryKb: z.number(),
  enforcement: z.enum(ENFORCEMENTS),
});
export type RunResult = z.infer<typeof runResultSchema>;

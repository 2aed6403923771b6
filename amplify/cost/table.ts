/** docs/costs.md: the quantities of each environment times the checked-in prices, with what is assumed and where each price is from. */
import { readFileSync } from 'node:fs';
import { templateOf } from '../custom/testing.ts';
import { ENVIRONMENTS, exampleDeployment } from '../example-deployment.ts';
import type { Environment } from '../example-deployment.ts';
import { sizing } from '../sizing.ts';
import { ASSUMPTIONS, AUDIO_HOUR } from './assumptions.ts';
import { count } from './count.ts';
import type { Line, Resource } from './count.ts';

export interface Price {
  value: number;
  unit: string;
  /** An address, or `unverified`. */
  source: string;
  date?: string;
}
export const PRICES = JSON.parse(readFileSync(new URL('prices.json', import.meta.url), 'utf8')) as { currency: string; region: string; prices: Record<string, Price> };

/** In the table of prices although no line has them: one is a factor, one is of what is not had. */
export const ASIDE = ['fargateSpotShare', 'endpointHour'];

/** What watches and guards, and may not have been in a plan for the same parts. */
const WATCHING = ['web ACL', 'rules', 'requests looked at', 'Container Insights', 'alarms'];
/** What the original plans had in their small set-ups, as far as is known, and what they said it costs. */
export const MARKS = [
  { name: 'the live server behind its load balancer, with its network', dollars: 61, parts: ['Network', 'FrontDoor', 'Realtime'] },
  { name: 'the same with LangFlow', dollars: 95, parts: ['Network', 'FrontDoor', 'Realtime', 'Langflow'] },
];

const synthesized = new Map<Environment, Resource[]>();

/** Of the environment's template; synthesized once. */
export function resourcesOf(name: Environment): Resource[] {
  const known = synthesized.get(name);
  if (known) return known;
  const { Resources } = templateOf(exampleDeployment(name)).toJSON() as { Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> };
  const resources = Object.entries(Resources).map(([id, { Type, Properties }]) => ({ id, type: Type, properties: Properties ?? {} }));
  synthesized.set(name, resources);
  return resources;
}

export function dollarsOf({ price, quantity, what }: Line): number {
  const { value } = priceOf(price);
  return value * quantity * (what.endsWith('(Spot)') ? priceOf('fargateSpotShare').value : 1);
}

function priceOf(name: string): Price {
  const price = PRICES.prices[name];
  if (!price) throw new Error(`amplify/cost/prices.json has no price "${name}".`);
  return price;
}

/** What an interface endpoint costs a month, and the GB a month from which on it saves that, were its own GB free: they are not, so it is more. */
export function endpoint(name: Environment): { dollars: number; fromGb: number; allNatDollars: number } {
  const dollars = ASSUMPTIONS[name].month * sizing({ type: 'branch', name }).deployed!.availabilityZones * priceOf('endpointHour').value;
  return { dollars, fromGb: dollars / priceOf('natGb').value, allNatDollars: ASSUMPTIONS[name].natGb * priceOf('natGb').value };
}

/** Lines of the same part and thing become one. */
function gathered(lines: readonly Line[]): Line[] {
  const all = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.part}|${line.what}|${line.price}`;
    const known = all.get(key);
    all.set(key, known ? { ...known, quantity: known.quantity + line.quantity } : { ...line });
  }
  return [...all.values()].sort((a, b) => (a.part < b.part ? -1 : a.part > b.part ? 1 : dollarsOf(b) - dollarsOf(a)));
}

const money = (dollars: number): string => dollars.toFixed(2);
const amount = (quantity: number): string => (quantity >= 100 ? String(Math.round(quantity)) : String(Number(quantity.toPrecision(3))));
const sum = (lines: readonly Line[]): number => lines.reduce((total, line) => total + dollarsOf(line), 0);

export function costsDocument(): string {
  const lines = Object.fromEntries(ENVIRONMENTS.map((name) => [name, gathered(count(resourcesOf(name), ASSUMPTIONS[name]))])) as Record<Environment, Line[]>;
  const { month } = ASSUMPTIONS.staging;
  const alwaysOn = gathered(count(resourcesOf('staging'), { ...ASSUMPTIONS.staging, up: month, awake: { Realtime: month, Langflow: month } }));
  const used = new Set(ENVIRONMENTS.flatMap((name) => lines[name].map(({ price }) => price)));
  const unverified = ENVIRONMENTS.map((name) => sum(lines[name].filter(({ price }) => priceOf(price).source === 'unverified')));
  return `${[
    '# What an environment costs',
    '',
    'Made by `node amplify/cost/generate.ts` from the templates that are synthesized and `amplify/cost/prices.json`; a test keeps',
    `both the same. Prices are dollars in ${PRICES.region}, before taxes and free tiers. Nothing of this has been compared with a bill: change the`,
    'assumptions (`amplify/cost/assumptions.ts`) to your own before you believe a sum.',
    '',
    'A sandbox and a preview branch have no resource of their own beside sign-in and data: 0 dollars an hour. Not in the sums: Amplify',
    'Hosting (by builds and requests), Cognito (by people), the database (Supabase), remote engines.',
    '',
    '| environment | a month | of it with an unverified price |',
    '|---|---|---|',
    ...ENVIRONMENTS.map((name, index) => `| ${name} | ${money(sum(lines[name]))} | ${money(unverified[index]!)} |`),
    '',
    '## The small set-ups of the original plans',
    '',
    'Their own lists of parts are not kept here; these are the parts that fit, as staging has them. The second sum leaves out the',
    'firewall, Container Insights and alarms, which a plan for the bare parts would not have counted.',
    '',
    'The last has their tasks run all hours of the month, at Spot prices.',
    '',
    '| set-up | plan | here | without firewall and watching | and running all the time |',
    '|---|---|---|---|---|',
    ...MARKS.map(({ name, dollars, parts }) => {
      const bare = (all: Line[]): Line[] => all.filter(({ what }) => !WATCHING.includes(what));
      const [ours, always] = [lines.staging, alwaysOn].map((all) => all.filter(({ part }) => parts.includes(part))) as [Line[], Line[]];
      const verdict = (here: number): string => `${money(here)}, ${here <= dollars ? 'less' : 'more'}`;
      return `| ${name} | about ${dollars} | ${verdict(sum(ours))} | ${verdict(sum(bare(ours)))} | ${verdict(sum(bare(always)))} |`;
    }),
    '',
    ...ENVIRONMENTS.flatMap((name) => [
      `## ${name[0]!.toUpperCase()}${name.slice(1)}`,
      '',
      `Assumed: ${words(name)}.`,
      '',
      '| part | what | quantity | unit | dollars a month |',
      '|---|---|---|---|---|',
      ...lines[name].map((line) => `| ${line.part} | ${line.what} | ${amount(line.quantity)} | ${priceOf(line.price).unit} | ${money(dollarsOf(line))} |`),
      `| | **sum** | | | **${money(sum(lines[name]))}** |`,
      '',
    ]),
    '## Interface endpoints',
    '',
    ...endpointWords(),
    '',
    '## Prices',
    '',
    '`unverified`: nobody has looked it up; a page without a date says so.',
    '',
    '| price | dollars | unit | source | date |',
    '|---|---|---|---|---|',
    ...Object.entries(PRICES.prices).filter(([name]) => used.has(name) || ASIDE.includes(name)).map(([name, { value, unit, source, date }]) => `| ${name} | ${value} | ${unit} | ${source} | ${date ?? ''} |`),
  ].join('\n')}\n`;
}

function endpointWords(): string[] {
  const { month, natGb } = ASSUMPTIONS.main;
  const { dollars, fromGb, allNatDollars } = endpoint('main');
  const { value: hour } = priceOf('endpointHour');
  const { value: gb } = priceOf('natGb');
  return [
    `One is ${month} hours × ${sizing({ type: 'branch', name: 'main' }).deployed!.availabilityZones} zones × ${hour} = ${money(dollars)} a month, for each AWS service. What goes through it need not go through NAT, at ${gb} a GB:`,
    `it would have to carry ${amount(fromGb)} GB a month, even if its own GB were free. \`main\` is assumed to send ${natGb} GB through NAT in all, which is ${money(allNatDollars)}.`,
    'So no environment has one (`interfaceEndpoints` in `amplify/sizing.ts`); S3, which carries most, has a gateway endpoint, and that is free.',
  ];
}

function words(name: Environment): string {
  const assumed = ASSUMPTIONS[name];
  const awake = Object.entries(assumed.awake).map(([part, hours]) => `${part} ${hours}`).join(', ');
  return [
    assumed.up < assumed.month ? `services run ${assumed.up} of ${assumed.month} hours (stopped at night and on weekends)` : `services run all ${assumed.month} hours at their least number of tasks`,
    ...(awake ? [`those from zero have a task for these hours: ${awake}`] : []),
    `${assumed.sessionHours} hours of live audio (${AUDIO_HOUR.puts} writes an hour, ${AUDIO_HOUR.gb} GB)`,
    `recordings of ${assumed.recordingMonths} months`,
    `${assumed.gpuHours} hours of GPU`,
    `${assumed.codeRuns} code runs`,
    `${assumed.meetings} meetings`,
    `${assumed.logGb} GB of logs`,
    `${assumed.natGb} GB through NAT`,
  ].join('; ');
}

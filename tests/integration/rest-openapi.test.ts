import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERRORS } from '#domain/errors.ts';
import { OPERATIONS, errorsOf } from '#app/api/operations.ts';
import { openapiDocument } from '#app/api/openapi.ts';
import { OPENAPI_FILE, openapiText } from '#scripts/generate-openapi.ts';
import { openRestWorld } from '../support/rest.ts';
import type { RestWorld } from '../support/rest.ts';

let world: RestWorld;
beforeAll(async () => void (world = await openRestWorld()));
afterAll(() => world?.close());
const document: any = openapiDocument();

test('the document in docs/ is the one the code makes (node scripts/generate-openapi.ts)', async () => {
  expect(await readFile(OPENAPI_FILE, 'utf8')).toBe(openapiText());
});

test('the API hands out its own document', async () => {
  expect((await world.send('GET', '/api/openapi.json')).json).toEqual(JSON.parse(openapiText()));
});

test('every route and method is in the document, and nothing else is', async () => {
  const documented = Object.entries<object>(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  const served: string[] = [];
  for (const route of world.routes.filter(({ path }) => !path.includes('[['))) {
    const options = await world.send('OPTIONS', route.path.replaceAll(/\{\w+\}/g, 'x'));
    const methods = options.headers.get('allow')!.split(', ').filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
    served.push(...methods.map((method) => `${method} ${route.path}`));
  }
  expect(served.sort()).toEqual(documented.sort());
});

test('the document holds together: unique ids, real references, declared parameters, answers with words', () => {
  expect(document.openapi).toBe('3.1.0');
  const ids = OPERATIONS.map((operation) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
    expect(name).toMatch(/^#\/components\/schemas\/\w+$/);
    expect(document.components.schemas).toHaveProperty(name!.split('/').at(-1)!);
  }
  for (const [path, methods] of Object.entries<Record<string, any>>(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const operation of Object.values(methods)) {
      const parameters = operation.parameters ?? [];
      expect(parameters.filter((one: any) => one.in === 'path').map((one: any) => one.name)).toEqual(inPath);
      expect(new Set(parameters.map((one: any) => `${one.in} ${one.name}`)).size).toBe(parameters.length);
      for (const parameter of parameters) expect(parameter.schema).toBeTypeOf('object');
      for (const [status, response] of Object.entries<any>(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(response.description.length).toBeGreaterThan(3);
      }
    }
  }
  for (const operation of OPERATIONS) for (const code of errorsOf(operation)) expect(document.paths[operation.path][operation.method.toLowerCase()].responses).toHaveProperty(String(ERRORS[code].status));
});

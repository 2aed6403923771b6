/** Installs moto, the stand-in for AWS in tests, into a Python environment of its own in the cache that all checkouts share. */
import path from 'node:path';
import { findPythonTool, installPythonTools } from './python-tools.ts';
import type { PythonTools } from './python-tools.ts';

const MOTO: PythonTools = { name: 'moto', requirements: path.join(import.meta.dirname, 'moto-requirements.txt'), whole: 'import boto3, flask_cors, jsonpath_ng, moto.server' };

/** The interpreter of its environment; null when it is not installed (or the Python it was made with is gone). */
export const findMoto = (): string | null => findPythonTool(MOTO);

/** Resolves with null once it is there, or with why it is not. */
export const installMoto = (signal: AbortSignal): Promise<string | null> => installPythonTools(MOTO, signal);

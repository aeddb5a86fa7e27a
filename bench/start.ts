/** Compiles a program and runs it: `tsx bench/start.ts --expose-gc bench/memory.ts --json`, flags of Node first. */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { compiled } from './compiled.js';

const args = process.argv.slice(2);
const at = args.findIndex((arg) => arg.endsWith('.ts'));
const path = args[at];
if (path === undefined) throw new RangeError('expected the path of a program, as bench/run.ts');
const flags = [...args.slice(0, at), '--import', pathToFileURL(compiled('scripts/readerGone.ts')).href];
const { status } = spawnSync(process.execPath, [...flags, compiled(path), ...args.slice(at + 1)], { stdio: 'inherit' });
process.exitCode = status ?? 1;

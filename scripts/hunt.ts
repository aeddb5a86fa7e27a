/**
 * Runs the chaos of `spec/chaos` without jest, for as many seeds as time allows, in one process: a seed of each suite in turn.
 * Prints what went wrong, every so many seeds how far it has come, and at the end, or when it is interrupted, how many seeds of
 * each were run. Run by `npm run hunt -- 2000000-2001000`, with the names of suites behind it for some of them: as one file
 * that is made of all first, since a loader that names every function as it is made costs a tenth.
 */
import './readerGone.js';
import { chaosSuites, type ChaosSuite } from '../spec/support/chaosSuites.js';
import { unhandledErrors } from '../spec/support/chaosRestless.js';

const [range = '', ...names] = process.argv.slice(2);
const [, first, last] = /^(\d+)-(\d+)$/.exec(range) ?? [];
const chosen = Object.entries(chaosSuites).filter(([name]) => names.length === 0 || names.includes(name));
if (first === undefined || Number(last) < Number(first) || chosen.length < Math.max(1, names.length)) {
  const suites = Object.keys(chaosSuites).join(', ');
  process.stderr.write(`expected a range of seeds, as 2000000-2001000, and names of ${suites}\n`);
  // As the command line says it of arguments that it does not understand.
  process.exit(2);
}

/** After so many seeds it is told how far it has come, so that the count survives whatever ends it. */
const EACH = 10;

const failed = new Map<string, number>();
const spent = new Map<string, number>();
const add = (to: Map<string, number>, name: string, count: number): unknown =>
  to.set(name, (to.get(name) ?? 0) + count);

const total = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((sum, one) => sum + one, 0);

function run(name: string, suite: ChaosSuite, seed: number): void {
  const before = process.cpuUsage();
  const { problems } = suite(seed);
  const { user, system } = process.cpuUsage(before);
  add(spent, name, (user + system) / 1_000);
  if (problems.length === 0) return;
  add(failed, name, 1);
  process.stdout.write(`${[`${name} ${seed}`, ...problems].join('\n    ')}\n`);
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
const unhandled = unhandledErrors();
unhandled.begin();
let seed = Number(first);
for (; seed <= Number(last) && !stop.signal.aborted; seed += 1) {
  for (const [name, suite] of chosen) {
    run(name, suite, seed);
    // What nobody handled is told by a timer of the platform.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const done = seed + 1 - Number(first);
  if (done % EACH === 0) process.stdout.write(`${done} seeds of each, ${total(failed)} failed\n`);
}
for (const error of await unhandled.end()) process.stdout.write(`nobody handled ${error}\n`);
const count = seed - Number(first);
for (const [name] of chosen) {
  const each = (spent.get(name) ?? 0) / count;
  process.stdout.write(`${name}: ${failed.get(name) ?? 0} failed of ${count}, ${each.toFixed(0)} ms each\n`);
}
process.exitCode = failed.size > 0 ? 1 : 0;

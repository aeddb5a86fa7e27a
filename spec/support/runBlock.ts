import { config } from 'rxjs';
import ts from 'typescript';
import type { CodeBlock } from './docs.js';

const SECOND = 1_000;
/** How long a block lives, in ms of virtual time: so long at least, and on until it has said what it says. */
const LIFETIME = { least: 15 * SECOND, most: 60 * SECOND };
const STEP = 100;

type Test = (name: string, body: () => unknown) => void;
type AsyncCode = (...args: readonly unknown[]) => Promise<void>;
const AsyncFunction = (async () => Promise.resolve()).constructor as new (...names: readonly string[]) => AsyncCode;

/**
 * Runs a block for a minute of virtual time at most: timers and `Date` are jest's fake ones, which RxJS's default scheduler
 * takes. What a block calls `it` or `test` is run too.
 *
 * @returns What it printed, a line per call of the console.
 * @throws What it threw, at any time, also inside a subscription.
 */
export async function runBlock(block: CodeBlock, load: (name: string) => unknown): Promise<readonly string[]> {
  const printed: string[] = [];
  const print = (...values: readonly unknown[]): void => {
    printed.push(values.map(String).join(' '));
  };
  const bodies: (() => unknown)[] = [];
  const it: Test = (_, body) => {
    bodies.push(body);
  };
  const describe: Test = (_, body) => void body();
  const unhandled: unknown[] = [];

  jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
  config.onUnhandledError = (error) => unhandled.push(error);
  try {
    const done = compiled(block.text)(
      ...[{}, load, { log: print, info: print, warn: print, error: print, table: print }],
      ...[it, it, describe, expect],
    );
    const progress = { settled: false };
    const tests = done
      .then(async () => {
        for (const body of bodies) await body();
      })
      .finally(() => (progress.settled = true));
    // A rejection is met below, after time has passed.
    tests.catch(() => undefined);
    const isDone = (): boolean => progress.settled && (printed.length > 0 || !block.text.includes('console.'));
    for (let time = 0; time < LIFETIME.most && unhandled.length === 0; time += STEP) {
      if (time >= LIFETIME.least && isDone()) break;
      await jest.advanceTimersByTimeAsync(STEP);
    }
    if (unhandled.length > 0) throw unhandled[0];
    if (!progress.settled) throw new Error(`${block.name} still waits for something after a minute`);
    await tests;
    return printed;
  } finally {
    config.onUnhandledError = null;
    jest.clearAllTimers();
    jest.useRealTimers();
  }
}

function compiled(text: string): AsyncCode {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  // In braces, so that a block may have a `test` or `describe` of its own.
  return new AsyncFunction('exports', 'require', 'console', 'it', 'test', 'describe', 'expect', `{\n${outputText}\n}`);
}

/**
 * Runs every gate, goes on after one that fails, and ends with `N passed, N failed`: the tests of jest one by one, any
 * other gate as one. Run by `npm run check` and `.ci/run`.
 */
import './readerGone.js';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Count {
  readonly passed: number;
  /** By name, a line each. */
  readonly failed: readonly string[];
}
interface Gate {
  readonly name: string;
  /** A script of package.json. */
  readonly script: string;
  /** Whether the script is jest and takes its options. */
  readonly tests?: boolean;
}
/** The part we read of what jest writes with `--json`. */
interface TestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Side by side: the specs fill the cores, and where one waits for a clock or a socket the gates beside them go on. What a gate
 * printed is shown when it has ended, so that lanes do not run into one another.
 */
const LANES: readonly (readonly Gate[])[] = [
  [
    { name: 'build, package and size', script: 'check:package', tests: true },
    // On the build that the gate before left. What it times, it times by the page's own clock.
    { name: 'the page in a browser', script: 'check:page', tests: true },
    { name: 'types', script: 'typecheck' },
    { name: 'lint', script: 'lint' },
    { name: 'drawing diagrams', script: 'diagrams' },
  ],
  [{ name: 'specs, docs and diagrams', script: 'test', tests: true }],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'millrace-check-'));

async function pass({ name, script, tests = false }: Gate): Promise<Count> {
  const report = join(reports, `${script.replace(':', '-')}.json`);
  const options = tests ? ['--', '--json', `--outputFile=${report}`] : [];
  const { succeeded, output } = await run('npm', ['run', '--silent', script, ...options]);
  const count = tests
    ? countOf(report, name, succeeded)
    : { passed: Number(succeeded), failed: succeeded ? [] : [name] };
  process.stdout.write(`\n--- ${name}: npm run ${script}\n`);
  process.stdout.write(output);
  process.stdout.write(`--- ${name}: ${String(count.passed)} passed, ${String(count.failed.length)} failed\n`);
  return count;
}

/** All that a command printed, in its order, once it has ended. */
function run(command: string, args: readonly string[]): Promise<{ succeeded: boolean; output: Buffer }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => {
      resolve({ succeeded: code === 0, output: Buffer.concat(chunks) });
    });
  });
}

function countOf(report: string, gate: string, succeeded: boolean): Count {
  const { numPassedTests, testResults } = readReport(report);
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    // A suite that can't be loaded has no tests.
    if (tests.length === 0) return status === 'failed' ? [file] : [];
    return tests.map(({ fullName }) => `${file}: ${fullName}`);
  });
  return { passed: numPassedTests, failed: failed.length === 0 && !succeeded ? [gate] : failed };
}

function readReport(report: string): TestReport {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as TestReport;
  } catch {
    return { numPassedTests: 0, testResults: [] };
  }
}

const counts: Count[] = [];
const passAll = async (lane: readonly Gate[]): Promise<void> => {
  for (const gate of lane) counts.push(await pass(gate));
};
await Promise.all(LANES.map(passAll));
rmSync(reports, { recursive: true, force: true });
const passed = counts.reduce((total, count) => total + count.passed, 0);
const failed = counts.flatMap((count) => count.failed);
process.exitCode = failed.length === 0 ? 0 : 1;
process.stdout.write(`\n${failed.map((name) => `failed: ${name}\n`).join('')}`);
process.stdout.write(`${String(passed)} passed, ${String(failed.length)} failed\n`);

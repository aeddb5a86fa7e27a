/**
 * Runs every gate, goes on after one that fails, and ends with `N passed, N failed`: the tests of jest one by one, any
 * other gate as one. Run by `npm run check` and `.ci/run`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Count {
  readonly passed: number;
  readonly failed: number;
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
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const GATES: readonly Gate[] = [
  { name: 'types', script: 'typecheck' },
  { name: 'lint', script: 'lint' },
  { name: 'specs, docs and diagrams', script: 'test', tests: true },
  { name: 'drawing diagrams', script: 'diagrams' },
  { name: 'build, package and size', script: 'check:package', tests: true },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'millrace-check-'));

function pass({ name, script, tests = false }: Gate): Count {
  process.stdout.write(`\n--- ${name}: npm run ${script}\n`);
  const report = join(reports, `${script.replace(':', '-')}.json`);
  const options = tests ? ['--', '--json', `--outputFile=${report}`] : [];
  const { status } = spawnSync('npm', ['run', '--silent', script, ...options], { cwd: root, stdio: 'inherit' });
  const count = tests ? countOf(report, status === 0) : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  process.stdout.write(`--- ${name}: ${String(count.passed)} passed, ${String(count.failed)} failed\n`);
  return count;
}

function countOf(report: string, succeeded: boolean): Count {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    ) as TestReport;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: succeeded ? failed : Math.max(1, failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const counts = GATES.map(pass);
rmSync(reports, { recursive: true, force: true });
const sum = (pick: (count: Count) => number): number => counts.reduce((total, count) => total + pick(count), 0);
const failed = sum((count) => count.failed);
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`\n${String(sum((count) => count.passed))} passed, ${String(failed)} failed\n`);

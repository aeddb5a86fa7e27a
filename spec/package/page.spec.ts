import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installedProject, root } from '../support/installedPackage.js';

const run = promisify(execFile);
const example = join(root, 'examples/angular');
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const missing = [
  [join(example, 'node_modules/@angular/cli/package.json'), 'Angular: npm ci --prefix examples/angular'],
  [chromium, `a browser at ${chromium}; CHROMIUM names another`],
].filter(([path = '']) => !existsSync(path));

/** The tarball as it is installed, with what it needs that the page does not have itself. */
function install(): void {
  const project = installedProject();
  const packages = (folder: string): readonly string[] =>
    readdirSync(folder).filter((name) => !name.startsWith('.') && !name.startsWith('@'));
  const [from, to] = [join(project.folder, 'node_modules'), join(example, 'node_modules')];
  for (const name of packages(from)) {
    if (name === 'millrace') rmSync(join(to, name), { recursive: true, force: true });
    if (!existsSync(join(to, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  }
  project.remove();
}

async function test(): Promise<void> {
  install();
  const env = { ...process.env, CI: '1', NG_CLI_ANALYTICS: 'false' };
  const options = { cwd: example, env, maxBuffer: 2 ** 26 };
  await run(process.execPath, [join(example, 'node_modules/@angular/cli/bin/ng.js'), 'build'], options);
  const files = readdirSync(join(example, 'test')).filter((name) => name.endsWith('.test.mjs'));
  const paths = files.map((name) => join('test', name));
  // Whoever fails is named: what it says goes with the error.
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', ...paths], options).catch(
    (error: unknown) => {
      throw new Error(String((error as { readonly stdout?: unknown }).stdout), { cause: error });
    },
  );

  expect(stdout).toMatch(/^# fail 0$/m);
  expect(stdout).toMatch(/^# skipped 0$/m);
  expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(10);
}

describe('the page of examples/angular', () => {
  const name = 'builds on the tarball by Angular’s command line, and passes its tests in a browser';
  if (missing.length === 0) it(name, test, 300_000);
  else if (process.env['CI'] === undefined) {
    it.skip(`${name} (not here: ${missing.map(([, what]) => what).join('; ')})`, test);
  } else {
    it(name, () => {
      throw new Error(`not here: ${missing.map(([, what]) => what).join('; ')}`);
    });
  }
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '../..');

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

export const manifest = manifestOf(root);
/** What may be imported: `millrace`, `millrace/node`, … */
export const entries = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => join('millrace', path));

/** An empty project somewhere else, with the packed tarball installed. */
export interface Project {
  readonly folder: string;
  readonly tarball: string;
  /** Paths of the packed files. */
  readonly files: readonly string[];
  write(path: string, text: string): string;
  /** Runs Node in the project; throws with the whole output unless it ends well. */
  node(...args: readonly string[]): string;
  remove(): void;
}

export function installedProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-package-'));
  const npm = (cwd: string, ...args: readonly string[]): string => run(cwd, 'npm', args);
  const [packed] = JSON.parse(
    npm(root, 'pack', '--ignore-scripts', '--json', '--loglevel=error', `--pack-destination=${folder}`),
  ) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  if (packed === undefined) throw new Error('npm pack packed nothing');
  const tarball = join(folder, packed.filename);

  const project: Project = {
    folder,
    tarball,
    files: packed.files.map(({ path }) => path),
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      return join(folder, path);
    },
    node: (...args) => run(folder, process.execPath, args),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // Everything it needs is copied from what is installed here, so that no registry is asked.
  project.write('package.json', '{ "private": true }');
  const needed = installedNames(Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies }));
  npm(
    folder,
    ...['install', '--offline', '--ignore-scripts', '--install-links', '--no-audit', '--no-fund', '--loglevel=error'],
    ...needed.map((name) => join(root, 'node_modules', name)),
    tarball,
  );
  return project;
}

/** The packages and all they depend on. */
function installedNames(names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    Object.keys(manifestOf(join(root, 'node_modules', name)).dependencies ?? {}).forEach(visit);
  };
  names.forEach(visit);
  return [...found];
}

function run(cwd: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}\n${stdout}\n${stderr}`);
  return stdout;
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '../..');

interface Manifest {
  readonly files: readonly string[];
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
  const ready = process.env[READY] ?? installedOnce();
  const folder = mkdtempSync(join(tmpdir(), 'millrace-package-'));
  cpSync(ready, folder, { recursive: true });
  const { filename, files } = JSON.parse(readFileSync(join(folder, PACKED), 'utf8')) as Packed;
  return {
    folder,
    tarball: join(folder, filename),
    files: files.map(({ path }) => path),
    write: (path, text) => write(folder, path, text),
    node: (...args) => run(folder, process.execPath, args),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Names the folder to copy, where it was made before all specs of a run. */
const READY = 'MILLRACE_PACKAGE';

/** Before the specs of the package, of the runtimes and of the page: the `globalSetup` of their runs. */
export default function install(): void {
  process.env[READY] = installedOnce();
}

/** What `npm pack` says of the tarball. */
interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}
const PACKED = 'packed.json';

/**
 * Packs and installs, which takes npm a quarter of a minute each, unless that is done for what is built now: the folder is
 * named by it.
 */
function installedOnce(): string {
  const kept = join(root, 'node_modules/.cache/millrace-package');
  const folder = join(kept, stampOf());
  if (existsSync(folder)) return folder;
  rmSync(kept, { recursive: true, force: true });
  const made = `${folder}.part`;
  mkdirSync(made, { recursive: true });
  const npm = (cwd: string, ...args: readonly string[]): string => run(cwd, 'npm', args);
  const [packed] = JSON.parse(
    npm(root, 'pack', '--ignore-scripts', '--json', '--loglevel=error', `--pack-destination=${made}`),
  ) as readonly Packed[];
  if (packed === undefined) throw new Error('npm pack packed nothing');
  write(made, PACKED, JSON.stringify(packed));
  // Everything it needs is copied from what is installed here, so that no registry is asked.
  write(made, 'package.json', '{ "private": true }');
  const needed = installedNames(Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies }));
  npm(
    made,
    ...['install', '--offline', '--ignore-scripts', '--install-links', '--no-audit', '--no-fund', '--loglevel=error'],
    ...needed.map((name) => join(root, 'node_modules', name)),
    join(made, packed.filename),
  );
  // As a whole or not at all.
  renameSync(made, folder);
  return folder;
}

/** Of all that may be packed, and of what is installed to go with it: any change makes another. */
function stampOf(): string {
  const hash = createHash('sha256');
  const stamp = (path: string): void => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${String(mtimeMs)} ${String(size)}\n`);
  };
  const top = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of top) stamp(name);
  for (const name of manifest.files.filter(
    (each) => existsSync(join(root, each)) && !top.some((one) => one.name === each),
  )) {
    for (const path of readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })) stamp(join(name, path));
  }
  const names = Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies });
  for (const name of installedNames(names)) stamp(join('node_modules', name, 'package.json'));
  return hash.digest('hex').slice(0, 16);
}

function write(folder: string, path: string, text: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
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

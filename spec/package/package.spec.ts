import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync, type BuildResult, type Metafile } from 'esbuild';
import { entries, installedProject, root, type Project } from '../support/installedPackage.js';

/** Bytes of gzip that README's first pipeline may take, rxjs, io-ts and fp-ts left outside. */
const BUDGET = 40 * 1024;
const PEERS = ['rxjs', 'rxjs/*', 'io-ts', 'io-ts/*', 'fp-ts', 'fp-ts/*', '@angular/core'];
const NODE_ONLY = ['millrace/node', 'millrace/nats'];
const portable = entries.filter((entry) => !NODE_ONLY.includes(entry));
/** The types of Angular, and of the client of NATS, can't be resolved as Node 10 did. */
const old = entries.filter((entry) => !/^millrace\/(angular|nats)/.test(entry));
const venues = entries.filter((entry) => entry.startsWith('millrace/venues/'));

let project: Project;
beforeAll(() => {
  project = installedProject();
});
afterAll(() => {
  project.remove();
});

describe('the tarball', () => {
  const built =
    /^dist\/(esm\/.*\.(js|d\.ts|js\.map)|cjs\/.*\.(cjs|d\.cts|cjs\.map)|web\/(index\.html|page\.(js|css)))$/;

  it('holds what was built and what README points to, and nothing else', () => {
    const others = project.files.filter((path) => !built.test(path) && !/^(docs|marbles)\//.test(path));
    expect([...others].sort()).toEqual(['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'package.json']);
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
    expect(links).not.toEqual([]);
    expect(links.filter((path) => !project.files.some((file) => file === path || file.startsWith(`${path}/`)))).toEqual(
      [],
    );
  });

  it('maps all of its code to sources that are within the maps', () => {
    const code = project.files.filter((path) => /^dist\/(esm|cjs)\/.*\.c?js$/.test(path));
    for (const path of code) {
      const installed = join(project.folder, 'node_modules/millrace', path);
      const name = String(path.split('/').at(-1));
      expect(readFileSync(installed, 'utf8').trimEnd().split('\n').at(-1)).toBe(`//# sourceMappingURL=${name}.map`);
      expect(JSON.parse(readFileSync(`${installed}.map`, 'utf8'))).toMatchObject({
        file: name,
        sourcesContent: [expect.any(String)],
      });
    }
    expect(code.length).toBeGreaterThan(0);
  });

  it('pleases publint', () => {
    project.node(join(root, 'node_modules/publint/src/cli.js'), project.tarball, '--strict');
  });

  it('has the right types in every module system', () => {
    const folders = pathToFileURL(join(root, 'spec/support/attwFolders.mjs')).href;
    project.node('--import', folders, join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'), project.tarball);
  });
});

describe('in an empty project', () => {
  /** Each in a process of its own, where nothing else was imported before it. */
  const namesOf = (entry: string): readonly string[] =>
    project.node('-e', `${NAMES} tell(require('${entry}')); import('${entry}').then(tell);`).trimEnd().split('\n');
  const NAMES = 'const tell = (names) => console.log(`names ${Object.keys(names).sort().join()}`);';

  it.each(entries)('%s offers the same names to import and to require', (entry) => {
    const [required = '', imported, ...others] = namesOf(entry);
    expect(required).toMatch(/^names \w/);
    expect(imported).toBe(required);
    expect(others).toEqual([]);
  });

  it('runs its command line', () => {
    expect(project.node('node_modules/millrace/dist/esm/cli/main.js', '--help')).toContain('millrace');
  });

  const USE = `
    import { live, type OrderBook } from 'millrace';
    import { binance } from 'millrace/venues/binance';
    binance().book('BTCUSDT').pipe(live()).subscribe((book: OrderBook) => book.bids.at(0)?.exact.price.length);
  `;
  const importing = (names: readonly string[]): string =>
    names.map((entry, index) => `import * as m${String(index)} from '${entry}'; void m${String(index)};\n`).join('');

  it.each([
    // What a file is to Node is told by its ending.
    ['an ES module, and from CommonJS', ['consumer.mts', 'consumer.cts'], { module: 'NodeNext' }, entries, ['node']],
    [
      'CommonJS with the resolution of old',
      ['old.ts'],
      { module: 'CommonJS', moduleResolution: 'Node10', esModuleInterop: true },
      old,
      ['node'],
    ],
    ['a bundler', ['bundled.ts'], { module: 'ESNext', moduleResolution: 'Bundler' }, portable, []],
  ] as const)('is type-checked from %s, its own types included', (_, files, options, names, types) => {
    for (const file of files) project.write(join('types', file), USE + importing(names));
    project.write(
      'types/tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          ...options,
          target: 'ES2022',
          lib: ['ES2022', 'DOM', 'DOM.Iterable'],
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          // Those of the compiler itself.
          skipDefaultLibCheck: true,
          types,
          typeRoots: [join(root, 'node_modules/@types')],
        },
        files,
      }),
    );
    project.node(join(root, 'node_modules/typescript/bin/tsc'), '-p', 'types/tsconfig.json');
  });
});

describe('in a browser', () => {
  const bundle = (contents: string, external = PEERS): BuildResult<{ metafile: true; write: false }> =>
    buildSync({
      stdin: { contents, resolveDir: project.folder },
      bundle: true,
      minify: true,
      metafile: true,
      write: false,
      logLevel: 'silent',
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      external,
    });
  const everythingOf = (...names: readonly string[]): string =>
    names.map((name) => `export * from '${name}';\n`).join('');
  const gzipped = ({ outputFiles }: { readonly outputFiles: readonly { readonly contents: Uint8Array }[] }): number =>
    outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  const sourcesOf = ({ outputs }: Metafile): readonly string[] =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput === 0 ? [] : path.split('millrace/dist/esm/').slice(1),
      ),
    );

  it.each(
    portable.flatMap((entry) => [
      [entry, 'imported', everythingOf(entry)] as const,
      [entry, 'required', `module.exports = require('${entry}');`] as const,
    ]),
  )('%s, %s, is bundled without built-ins of Node, other packages or warnings', (_, __, contents) => {
    const { metafile, warnings, errors } = bundle(contents);
    expect([...warnings, ...errors]).toEqual([]);
    const others = Object.keys(metafile.inputs).filter((path) => !/^<stdin>$|millrace\/dist\/(esm|cjs)\//.test(path));
    expect(others).toEqual([]);
  });

  it(`takes no more than ${String(BUDGET)} bytes for README's first pipeline, the peers left outside`, () => {
    const first = `
      import { live, topOfBook } from 'millrace';
      import { binance } from 'millrace/venues/binance';
      binance().book('BTCUSDT').pipe(live(), topOfBook()).subscribe(console.log);
    `;
    const peers = "export * from 'rxjs'; export * as t from 'io-ts';";
    const outside = gzipped(bundle(first));
    // Without limits: what it adds to a program that has the peers says the same once more, and nobody bundles everything.
    const added = gzipped(bundle(first + peers, [])) - gzipped(bundle(peers, []));
    const most = gzipped(bundle(everythingOf('millrace', 'millrace/venues/binance')));
    process.stdout.write(`README's first pipeline, the peers left outside: ${String(outside)} bytes gzip\n`);
    process.stdout.write(`the same, on top of the peers: ${String(added)} bytes gzip\n`);
    process.stdout.write(`all names of the core and Binance: ${String(most)} bytes gzip\n`);
    expect(outside).toBeGreaterThan(0);
    expect(outside).toBeLessThanOrEqual(BUDGET);
  });

  it('takes one operator without the machine', () => {
    const sources = sourcesOf(bundle("export { live } from 'millrace';").metafile);
    expect(sources).toContain('operators/live.js');
    expect(sources.filter((path) => /^(socket|feed|network|codec|venues)\//.test(path))).toEqual([]);
  });

  it('takes nothing of Angular with the core, and no test kit with what is for Angular', () => {
    const core = bundle(everythingOf('millrace', 'millrace/venues/binance')).metafile;
    expect(sourcesOf(core).filter((path) => path.startsWith('angular/'))).toEqual([]);
    const angular = sourcesOf(bundle(everythingOf('millrace/angular')).metafile);
    expect(angular).toContain('angular/injectBook.js');
    expect(angular.filter((path) => /^(angular\/)?(testing|venues|socket)\//.test(path))).toEqual([]);
  });

  it('takes no venue with the core', () => {
    const sources = sourcesOf(bundle(everythingOf('millrace')).metafile);
    expect(sources.filter((path) => path.startsWith('venues/'))).toEqual([]);
  });

  it.each(venues)('takes only that venue with %s', (venue) => {
    const sources = sourcesOf(bundle(everythingOf('millrace', venue)).metafile);
    const taken = new Set(sources.filter((path) => path.startsWith('venues/')).map((path) => path.split('/')[1]));
    const name = String(venue.split('/').at(-1));
    // The one venue that sends its market data over another.
    expect([...taken].sort()).toEqual(name === 'tastytrade' ? ['dxlink', name] : [name]);
  });

  it('takes no dxLink where only accounts of tastytrade are followed', () => {
    const contents = `import { tastytrade } from 'millrace/venues/tastytrade'; console.log(tastytrade);`;
    expect(sourcesOf(bundle(contents).metafile).filter((path) => path.startsWith('venues/dxlink/'))).toEqual([]);
  });
});

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec', '<rootDir>/examples/strategy'],
  // All cores: jest leaves one idle, which is half of a small machine.
  maxWorkers: '100%',
  // What hundreds of specs leave behind takes collecting as long as some specs take to run.
  workerIdleMemoryLimit: '768MB',
  testMatch: ['**/*.spec.ts'],
  // Only so that what hangs ends: a machine that does other things takes its time.
  testTimeout: 120_000,
  // Have runs of their own, after a build: `npm run check:package`, `npm run check:page`.
  testPathIgnorePatterns: ['/node_modules/', '/spec/package/(package|runtimes|page)\\.spec\\.ts$'],
  moduleNameMapper: {
    // Four specs of five draw nothing: with a seed where it is imported, rather than in each.
    '^fast-check$': '<rootDir>/spec/support/seededFastCheck.ts',
    // In one file as RxJS itself bundles it: every spec loads it anew, and two hundred files take ten times as long.
    '^rxjs$': '<rootDir>/node_modules/rxjs/dist/bundles/rxjs.umd.js',
    '^rxjs/(operators|testing)$': '<rootDir>/spec/support/rxjs/$1.cjs',
    // Nothing but a bundle of RxJS's own marble parser; ours does, and the bundle need not be compiled.
    '^@swirly/parser-rxjs$': '<rootDir>/spec/support/parseMarbles.ts',
    '^#platform$': '<rootDir>/lib/node/platform.ts',
    // The sources import with the `.js` ending that Node's ESM asks for; jest runs the `.ts` file itself.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // The package by its own name, as the docs import it.
    '^millrace$': '<rootDir>/lib/index.ts',
    '^millrace/(venues/\\w+|angular/testing|\\w+)$': '<rootDir>/lib/$1/index.ts',
  },
  // The diagram parser and Angular are published as ESM only, which jest can't load as it stands.
  transformIgnorePatterns: ['/node_modules/(?!@swirly/parser/|@angular/)'],
  transform: {
    '\\.mjs$': '<rootDir>/spec/support/esbuildTransform.js',
    '^.+\\.[jt]s$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.jest.json', diagnostics: false }],
  },
};

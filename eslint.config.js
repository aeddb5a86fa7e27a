import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layers } from './scripts/eslint/layers.js';

const syntax = (...rules) => ['error', ...rules.map(([selector, message]) => ({ selector, message }))];

const EVERYWHERE = [
  ['Identifier[name="shareReplay"]', 'shareReplay keeps endless sources alive; share with a linger instead.'],
  ['TSEnumDeclaration', 'Use a union of strings.'],
  ['TSAsExpression > TSAsExpression.expression', 'A double assertion proves nothing.'],
  ['ObjectExpression > SpreadElement > ObjectExpression', 'Name the fields one by one.'],
];
const LIBRARY = [
  ...EVERYWHERE,
  ['ExportDefaultDeclaration', 'Named exports only.'],
  ['ExportAllDeclaration', 'List the names.'],
];
const HIDDEN_WORLD = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'Time comes from the scheduler.'],
  ['CallExpression[callee.name="Date"]', 'Time comes from the scheduler.'],
];

const CLOCK = 'Time comes from the scheduler.';
const RANDOM = 'Randomness comes from the config.';
const OUTSIDE = 'Only a Network touches the outside world.';
const because = (message, names) => names.map((name) => ({ name, message }));
const GLOBALS = [
  ...because(CLOCK, ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate']),
  ...because(CLOCK, ['queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback', 'performance']),
  ...because(RANDOM, ['crypto']),
  ...because(OUTSIDE, ['WebSocket', 'EventSource', 'XMLHttpRequest', 'fetch', 'navigator', 'window', 'document']),
  ...because(OUTSIDE, ['process', 'Buffer', 'global', 'globalThis', 'self', 'require', 'localStorage']),
  ...because('The library has no console.', ['console']),
];
const CONSOLE = because('Write to the stream that is handed in.', ['console']);

/** Some of RxJS is forbidden to all, some belongs to the files that own retrying. */
const rxjs = (...importNames) => [
  'error',
  {
    paths: [
      { name: 'rxjs/webSocket', message: 'Its multiplex leaves when the first of two observers does.' },
      { name: 'rxjs/operators', message: "Import from 'rxjs'." },
      { name: 'rxjs/ajax', message: OUTSIDE },
      { name: 'rxjs/fetch', message: OUTSIDE },
      ...(importNames.length === 0 ? [] : [{ name: 'rxjs', importNames, message: 'Retrying belongs to the backoff.' }]),
    ],
    patterns: [
      { group: ['rxjs/internal/*', 'rxjs/dist/*', 'rxjs/src/*'], message: "Import from 'rxjs'." },
      { regex: '^fp-ts(?!/lib/\\w+\\.js$)', message: "Only 'fp-ts/lib/Name.js' resolves in every module system." },
      { regex: '^\\.{1,2}/(?!.*\\.js(on)?$)', message: "Relative imports end in '.js'." },
    ],
  },
];

export default defineConfig(
  {
    ignores: ['dist/', 'site/', 'coverage/', 'node_modules/', '**/.compiled/', 'docs/', 'examples/angular/'],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // It would have `!`, which is forbidden.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // There are no enums: TSEnumDeclaration is forbidden above.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // An io-ts codec and its type share one name.
      'no-redeclare': 'off',
      'no-restricted-syntax': syntax(...EVERYWHERE),
      'no-restricted-imports': rxjs(),
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { millrace: { rules: { layers } } },
    rules: {
      'millrace/layers': 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-restricted-syntax': syntax(...LIBRARY, ...HIDDEN_WORLD),
      'no-restricted-globals': ['error', ...GLOBALS],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: CLOCK },
        { object: 'Math', property: 'random', message: RANDOM },
      ],
      'no-restricted-imports': rxjs('retryWhen', 'shareReplay'),
    },
  },
  // A table: every field of every event, as the venue's schema has them.
  { files: ['lib/venues/dxlink/eventRows.ts'], rules: { 'max-lines': 'off' } },
  // The files that own retrying.
  {
    files: [
      'lib/socket/backoff.ts',
      'lib/socket/line.ts',
      'lib/socket/session*.ts',
      'lib/relay/bus/connected.ts',
      'spec/socket/backoff.spec.ts',
    ],
    rules: {
      'no-restricted-imports': rxjs('shareReplay'),
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'rxjs', name: 'retryWhen' }] },
      ],
    },
  },
  // Where the platform's own randomness is a default.
  { files: ['lib/feed/defaults.ts', 'lib/feed/foldBook.ts'], rules: { 'no-restricted-properties': 'off' } },
  // And its steady clock.
  {
    files: ['lib/feed/defaults.ts'],
    rules: { 'no-restricted-globals': ['error', ...GLOBALS.filter(({ name }) => name !== 'performance')] },
  },
  // The outside world begins here.
  {
    files: ['lib/network/live/**/*.ts', 'lib/node/**/*.ts', 'lib/cli/**/*.ts'],
    rules: {
      'no-restricted-syntax': syntax(...LIBRARY),
      'no-restricted-globals': ['error', ...CONSOLE],
      'no-restricted-properties': 'off',
    },
  },
  // A page: what it shows is in its document, and it asks for its own settings only.
  { files: ['lib/web/**/*.ts'], rules: { 'no-restricted-globals': ['error', ...CONSOLE] } },
  {
    files: ['spec/**/*.ts'],
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // What jest's matchers and `JSON.parse` return is `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly' } } },
);

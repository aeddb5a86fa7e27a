import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** A text that would break a rule at that place in the tree. */
type Offence = readonly [path: string, text: string, rule: string];

const importing = (path: string, source: string): Offence => [path, `import '${source}';\n`, 'millrace/layers'];

const directions: readonly Offence[] = [
  importing('lib/model/trade.ts', 'rxjs'),
  importing('lib/model/trade.ts', '../book/level.js'),
  importing('lib/errors/wireLostError.ts', 'rxjs'),
  importing('lib/book/fold.ts', 'rxjs'),
  importing('lib/book/fold.ts', 'io-ts'),
  importing('lib/book/fold.ts', '../codec/decimal.js'),
  importing('lib/book/fold.ts', '../socket/line.js'),
  importing('lib/codec/decimal.ts', 'rxjs'),
  importing('lib/codec/decimal.ts', '../socket/line.js'),
  importing('lib/network/network.ts', './live.js'),
  importing('lib/network/network.ts', '../socket/line.js'),
  importing('lib/network/network.ts', 'ws'),
  importing('lib/network/network.ts', 'node:fs'),
  importing('lib/socket/line.ts', '../book/orderBook.js'),
  importing('lib/socket/line.ts', '../feed/exchange.js'),
  importing('lib/socket/line.ts', '../operators/live.js'),
  importing('lib/socket/line.ts', '../venues/binance/index.js'),
  importing('lib/feed/depthFeed.ts', '../venues/binance/index.js'),
  importing('lib/feed/depthFeed.ts', 'ws'),
  importing('lib/feed/depthFeed.ts', '../node/platform.js'),
  importing('lib/socket/line.ts', '#platform'),
  importing('lib/operators/live.ts', '../socket/line.js'),
  importing('lib/operators/live.ts', 'io-ts'),
  importing('lib/venues/binance/depth.ts', '../coinbase/depth.js'),
  importing('lib/venues/binance/depth.ts', '../../node/files.js'),
  importing('lib/venues/binance/depth.ts', '../../operators/live.js'),
  importing('lib/venues/binance/depth.ts', 'ws'),
  importing('lib/venues/binance/depth.ts', '../dxlink/index.js'),
  importing('lib/venues/tastytrade/marketData.ts', '../dxlink/market/eventChannel.js'),
  importing('lib/recording/recorder.ts', 'node:zlib'),
  importing('lib/recording/recorder.ts', '../codec/decimal.js'),
  importing('lib/recording/recorder.ts', '../venues/binance/index.js'),
  importing('lib/simulation/market.ts', '../codec/decimal.js'),
  importing('lib/simulation/market.ts', '../book/fold.js'),
  importing('lib/simulation/market.ts', 'io-ts'),
  importing('lib/simulation/market.ts', 'node:http'),
  importing('lib/testing/marbles.ts', 'node:fs'),
  importing('lib/testing/marbles.ts', '../node/files.js'),
  importing('lib/testing/marbles.ts', '../venues/binance/index.js'),
  importing('lib/index.ts', './venues/binance/index.js'),
  importing('lib/index.ts', './node/index.js'),
  importing('lib/index.ts', './cli/main.js'),
  importing('lib/node/files.ts', '../cli/main.js'),
  importing('lib/attic/old.ts', '../model/trade.js'),
  importing('lib/feed/depthFeed.ts', '../../spec/support/diagram.js'),
  ['lib/book/fold.ts', "import type { Observable } from 'rxjs';\nexport type A = Observable<1>;\n", 'millrace/layers'],
  ['lib/book/fold.ts', "export { a } from '../feed/exchange.js';\n", 'millrace/layers'],
  ['lib/book/fold.ts', "export const a: unknown = import('../feed/exchange.js');\n", 'millrace/layers'],
  ['lib/book/fold.ts', "export type A = import('rxjs').Observable<1>;\n", 'millrace/layers'],
];

const using = (text: string, rule: string, path = 'lib/feed/depthFeed.ts'): Offence => [
  path,
  `export const a: unknown = ${text};\n`,
  rule,
];

const worlds: readonly Offence[] = [
  using('Date.now()', 'no-restricted-properties'),
  using('new Date()', 'no-restricted-syntax'),
  using('Date()', 'no-restricted-syntax'),
  using('performance.now()', 'no-restricted-globals'),
  using('setTimeout(f, 1)', 'no-restricted-globals'),
  using('setInterval(f, 1)', 'no-restricted-globals'),
  using('setImmediate(f)', 'no-restricted-globals'),
  using('queueMicrotask(f)', 'no-restricted-globals'),
  using('requestAnimationFrame(f)', 'no-restricted-globals'),
  using('globalThis.setTimeout(f, 1)', 'no-restricted-globals'),
  using('Math.random()', 'no-restricted-properties'),
  using('crypto.randomUUID()', 'no-restricted-globals'),
  using('console.log(1)', 'no-restricted-globals'),
  using('console.log(1)', 'no-restricted-globals', 'lib/cli/main.ts'),
  using('console.log(1)', 'no-restricted-globals', 'lib/node/files.ts'),
  using("new WebSocket('ws://x')", 'no-restricted-globals'),
  using("fetch('http://x')", 'no-restricted-globals'),
  using('process.env', 'no-restricted-globals'),
];

const habits: readonly Offence[] = [
  [
    'lib/feed/a.ts',
    "import { webSocket } from 'rxjs/webSocket';\nexport const a: unknown = webSocket;\n",
    'no-restricted-imports',
  ],
  ['lib/feed/a.ts', "import { map } from 'rxjs/operators';\nexport const a: unknown = map;\n", 'no-restricted-imports'],
  [
    'lib/feed/a.ts',
    "import { retryWhen } from 'rxjs';\nexport const a: unknown = retryWhen;\n",
    'no-restricted-imports',
  ],
  [
    'lib/operators/a.ts',
    "import { shareReplay } from 'rxjs';\nexport const a: unknown = shareReplay;\n",
    'no-restricted-syntax',
  ],
  [
    'spec/a.spec.ts',
    "import { shareReplay } from 'rxjs';\nexport const a: unknown = shareReplay;\n",
    'no-restricted-syntax',
  ],
  [
    'lib/socket/line.ts',
    "import { shareReplay } from 'rxjs';\nexport const a: unknown = shareReplay;\n",
    'no-restricted-imports',
  ],
  ['lib/codec/a.ts', "import * as E from 'fp-ts/Either';\nexport const a: unknown = E;\n", 'no-restricted-imports'],
  [
    'lib/codec/a.ts',
    "import { isRight } from 'fp-ts/lib/Either';\nexport const a: unknown = isRight;\n",
    'no-restricted-imports',
  ],
  ['lib/feed/a.ts', "import { b } from './b';\nexport const a: unknown = b;\n", 'no-restricted-imports'],
  ['lib/feed/a.ts', 'export default 1;\n', 'no-restricted-syntax'],
  ['lib/feed/a.ts', "export * from './b.js';\n", 'no-restricted-syntax'],
  ['lib/feed/a.ts', 'export enum A { b }\n', 'no-restricted-syntax'],
  ['lib/feed/a.ts', 'export const a: any = 1;\n', '@typescript-eslint/no-explicit-any'],
  ['spec/a.spec.ts', 'export const a: any = 1;\n', '@typescript-eslint/no-explicit-any'],
  [
    'lib/feed/a.ts',
    'export const a = (b: string | undefined): string => b!;\n',
    '@typescript-eslint/no-non-null-assertion',
  ],
  ['lib/feed/a.ts', "export const a = 'b' as unknown as number;\n", 'no-restricted-syntax'],
  ['lib/feed/a.ts', '// @ts-ignore\nexport const a = 1;\n', '@typescript-eslint/ban-ts-comment'],
  ['lib/feed/a.ts', '// TODO\nexport const a = 1;\n', 'no-warning-comments'],
  ['lib/feed/a.ts', 'export function a() {\n  return 1;\n}\n', '@typescript-eslint/explicit-module-boundary-types'],
  [
    'lib/feed/a.ts',
    "import { Trade } from '../model/trade.js';\nexport type A = Trade;\n",
    '@typescript-eslint/consistent-type-imports',
  ],
  ['lib/feed/a.ts', '/* eslint-disable */\nexport const a: unknown = Date.now();\n', 'no-restricted-properties'],
];

const allowed: readonly (readonly [path: string, text: string])[] = [
  ['lib/book/fold.ts', "export type { PriceLevel } from '../model/priceLevel.js';\n"],
  ['lib/codec/decimal.ts', "import * as t from 'io-ts';\nexport const a: unknown = t.string;\n"],
  ['lib/socket/a.ts', "import { isRight } from 'fp-ts/lib/Either.js';\nexport const a: unknown = isRight;\n"],
  [
    'lib/feed/defaults.ts',
    "import { platformNetwork } from '#platform';\nexport const a: unknown = platformNetwork;\n",
  ],
  ['lib/feed/a.ts', 'export const a = (at: number): Date => new Date(at);\n'],
  ['lib/feed/defaults.ts', 'export const random = (): number => Math.random();\n'],
  ['lib/network/live/liveNetwork.ts', "export const a: unknown = new WebSocket('ws://x');\n"],
  ['lib/node/files.ts', "import { readFileSync } from 'node:fs';\nexport const a: unknown = readFileSync;\n"],
  ['lib/socket/backoff.ts', "import { retryWhen } from 'rxjs';\nexport const a: unknown = retryWhen;\n"],
  ['lib/venues/binance/depth.ts', "export { a } from './frames.js';\n"],
];

const lint = (texts: readonly (readonly [path: string, text: string, ...rest: readonly string[]])[]): string[][] => {
  const input = JSON.stringify(texts.map(([path, text]) => ({ path, text })));
  const script = join(root, 'spec/support/lintTexts.js');
  return JSON.parse(execFileSync(process.execPath, [script], { cwd: root, input, encoding: 'utf8' }));
};

describe('the rules of lint', () => {
  const offences = [...directions, ...worlds, ...habits];
  let broken: readonly (readonly string[])[] = [];
  beforeAll(() => {
    broken = lint([...offences, ...allowed]);
  });

  it.each(offences.map((offence, index) => [...offence, index] as const))('in %s, %j breaks %s', (...offence) => {
    const [, , rule, index] = offence;
    expect(broken[index]).toContain(rule);
  });

  it.each(allowed.map((text, index) => [...text, offences.length + index] as const))('in %s, %j is fine', (...text) => {
    const [, , index] = text;
    expect(broken[index]).toEqual([]);
  });
});

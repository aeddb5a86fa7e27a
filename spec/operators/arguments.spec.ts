import { of } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import * as core from '../../lib/index.js';
import { refusesCall, type Untyped } from '../support/untyped.js';

const scheduler = null;
const rule = core.noRule;
/** What each call needs at least, and is right with. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  audit: [{ every: 1_000 }],
  bounded: [{ limit: 1, overflow: 'error' }],
  candlesFromTrades: [{ interval: 60_000 }],
  conflate: [{ every: 1 }],
  consolidate: [{ a: of(1) }, {}],
  foldBook: [{ rule }],
  followSymbols: [{ streamOf: () => of(1) }],
  groupLevels: [{ step: '1' }],
  health: [{ every: 1, staleAfter: 1 }],
  optionChain: [{ contractOf: () => undefined }],
  positionChanges: [{}],
  retryRefused: [{}],
  sampleFrames: [{}],
  staleAfter: [{ after: 1 }],
  throttleBySymbol: [{ perSecond: 1 }],
  toAsyncIterable: [of(1), { buffer: 1, overflow: 'latest' }],
  volumeBySymbol: [{}],
  volumeProfile: [{}],
  vwap: [{}],
  withAge: [{ every: 1 }],
};

describe.each(Object.entries(right))('%s', (name, args) => {
  const before = args.slice(0, -1);
  const config = args.at(-1) as object;

  it('takes what it needs', () => {
    expect(() => ((core as Readonly<Record<string, unknown>>)[name] as Untyped)(...args)).not.toThrow();
  });

  it.each([null, 5, 'every', [], true])('refuses %j for a config', async (wrong) => {
    await refusesCall(core, name, [...before, wrong], 'config');
  });

  it('refuses a name that it does not know', async () => {
    await refusesCall(core, name, [...before, { ...config, evry: 5 }], 'evry');
  });

  it('needs what has no default', async () => {
    for (const field of Object.keys(config)) {
      await refusesCall(core, name, [...before, { ...config, [field]: undefined }], field);
      await refusesCall(core, name, [...before, { ...config, [field]: null }], field);
    }
  });
});

it.each<readonly [string, readonly unknown[], string]>([
  ['audit', [{ every: '5' }], 'every'],
  ['audit', [{ every: Infinity }], 'every'],
  ['audit', [{ every: 5, versions: 0 }], 'versions'],
  ['bounded', [{ limit: '1', overflow: 'error' }], 'limit'],
  ['bounded', [{ limit: 1, overflow: 'drop-eldest' }], 'overflow'],
  ['bounded', [{ limit: 1, overflow: 'error', project: null }], 'project'],
  ['bounded', [{ limit: 1, overflow: 'error', onDrop: 1 }], 'onDrop'],
  ['bounded', [{ limit: 1, overflow: 'error', scheduler }], 'scheduler'],
  ['candlesFromTrades', [{ interval: '60000' }], 'interval'],
  ['candlesFromTrades', [{ interval: Infinity }], 'interval'],
  ['candlesFromTrades', [{ interval: 1, closeAfter: -1 }], 'closeAfter'],
  ['candlesFromTrades', [{ interval: 1, closeAfter: null }], 'closeAfter'],
  ['candlesFromTrades', [{ interval: 1, name: 5 }], 'name'],
  ['candlesFromTrades', [{ interval: 1, remember: 0 }], 'remember'],
  ['candlesFromTrades', [{ interval: 1, onLate: true }], 'onLate'],
  ['candlesFromTrades', [{ interval: 1, scheduler }], 'scheduler'],
  ['conflate', [{ every: '5' }], 'every'],
  ['conflate', [{ every: 5, urgent: true }], 'urgent'],
  ['conflate', [{ every: 5, scheduler }], 'scheduler'],
  ['consolidate', [null], 'books'],
  ['consolidate', [{}], 'books'],
  ['consolidate', [{ a: null }], 'a'],
  ['consolidate', [{ a: of(1) }, { depth: 0 }], 'depth'],
  ['foldBook', [{ rule: {} }], 'rule'],
  ['foldBook', [{ rule, snapshot: {} }], 'snapshot'],
  ['foldBook', [{ rule, depth: '5' }], 'depth'],
  ['foldBook', [{ rule, silentAfter: 0 }], 'silentAfter'],
  ['foldBook', [{ rule, scheduler }], 'scheduler'],
  ['followSymbols', [{ streamOf: 'A' }], 'streamOf'],
  ['groupLevels', [{ step: '0' }], 'step'],
  ['groupLevels', [{ step: true }], 'step'],
  ['groupLevels', [{ step: ['1'] }], 'step'],
  ['groupLevels', [{ step: 1, depth: 0 }], 'depth'],
  ['health', [{ every: 1, staleAfter: 1, expected: 'A' }], 'expected'],
  ['health', [{ every: 1, staleAfter: 1, faults$: [] }], 'faults$'],
  ['health', [{ every: 1, staleAfter: '1' }], 'staleAfter'],
  ['imbalance', [], 'levels'],
  ['imbalance', ['1'], 'levels'],
  ['ofType', [null], 'kinds'],
  ['ofType', ['Trade', 5], 'kinds'],
  ['positionChanges', [{ threshold: '2' }], 'threshold'],
  ['priceImpact', [], 'size'],
  ['priceImpact', ['much'], 'size'],
  ['priceImpact', [null], 'size'],
  ['retryRefused', [{ first: '5' }], 'first'],
  ['retryRefused', [{ longest: 0 }], 'longest'],
  ['retryRefused', [{ limit: null }], 'limit'],
  ['retryRefused', [{ onRefused: 1 }], 'onRefused'],
  ['sampleFrames', [{ frames$: null }], 'frames$'],
  ['staleAfter', [{ after: 1, scheduler }], 'scheduler'],
  ['volumeProfile', [{ step: '0' }], 'step'],
  ['volumeProfile', [{ remember: 0 }], 'remember'],
  ['vwap', [{ window: '5' }], 'window'],
  ['vwap', [{ onUnknown: 5 }], 'onUnknown'],
  ['positionChanges', [{ threshold: null }], 'threshold'],
  ['throttleBySymbol', [{ perSecond: Infinity }], 'perSecond'],
  ['throttleBySymbol', [{ perSecond: 1, symbolOf: 'instrument' }], 'symbolOf'],
  ['toAsyncIterable', [null, { buffer: 1, overflow: 'latest' }], 'source'],
  ['toAsyncIterable', [of(1), { buffer: 1, overflow: 'newest' }], 'overflow'],
  ['topLevels', [null], 'levels'],
  ['topLevels', ['5'], 'levels'],
  ['volumeBySymbol', [{ remember: 0 }], 'remember'],
  ['volumeBySymbol', [{ onUnknown: null }], 'onUnknown'],
  ['whileLive', [], 'project'],
  ['whileLive', [{}], 'project'],
  ['withAge', [{ every: 1, scheduler }], 'scheduler'],
  ['byOrder', [null], 'config'],
  ['byOrder', [{ queue: 'size' }], 'queue'],
  ['byOrder', [{ warmUp: -1 }], 'warmUp'],
  ['roundToTick', ['1'], 'instrument'],
  ['roundToTick', ['1', { tick: 1 }], 'instrument'],
  ['roundToTick', ['1', { tick: '1' }, 'floor'], 'rounding'],
  ['formatPrice', ['1', null], 'instrument'],
  ['liveNetwork', [null], 'options'],
  ['liveNetwork', [{ WebSockt: 1 }], 'WebSockt'],
  ['liveNetwork', [{ WebSocket: {} }], 'WebSocket'],
  ['liveNetwork', [{ wake: 5 }], 'wake'],
  ['liveNetwork', [{ openWithin: '5' }], 'openWithin'],
  ['liveNetwork', [{ scheduler }], 'scheduler'],
  ['withHttpStreams', [null], 'network'],
  ['withHttpStreams', [{ open: () => undefined, request: () => undefined }, { maxFrame: 0 }], 'maxFrame'],
])('%s(%j) is refused, and %s named', async (name, args, field) => {
  await refusesCall(core, name, args, field);
});

it('says what is accepted', () => {
  const call = core.bounded as Untyped;
  const refusal = (config: unknown): unknown => {
    try {
      return call(config);
    } catch (error) {
      return error instanceof InvalidArgumentError ? error.message : error;
    }
  };
  expect(refusal({ limit: 1, overflow: 'drop' })).toBe(
    'overflow: expected drop-oldest, drop-newest, error, got "drop"',
  );
  expect(refusal({ limit: 1, overflow: 'error', onDropped: 1 })).toBe(
    'onDropped: expected an option of these: limit, overflow, onDrop, scheduler, project, got "onDropped"',
  );
  expect(refusal(undefined)).toBe(
    'config: expected an object with limit, overflow, onDrop, scheduler, project, got undefined',
  );
});

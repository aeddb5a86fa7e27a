import fc from 'fast-check';
import { Subject } from 'rxjs';
import type { ChannelEvent } from '../../../../lib/socket/channelEvent.js';
import { type QuoteUpdate, foldQuotes, quoteChannel } from '../../../../lib/venues/tradestation/market/quotes.js';

const { decode } = quoteChannel('MSFT', () => undefined);
type Message = Extract<ReturnType<typeof decode>, { _tag: 'Right' }>['right'];
const read = (frame: object, isFull: boolean, at: number): Message => {
  const result = decode({ frame, isFull }, at);
  if (result._tag === 'Left') throw new Error('unreadable');
  return result.right;
};
/** What a fold of its own makes of messages. */
function quotesOf(messages: readonly Message[]): readonly QuoteUpdate['quote'][] {
  const events = new Subject<ChannelEvent<Message>>();
  const quotes: QuoteUpdate['quote'][] = [];
  events.pipe(foldQuotes()).subscribe((update) => update && quotes.push(update.quote));
  events.next({ type: 'begun', at: 0 });
  for (const value of messages) events.next({ type: 'message', value });
  return quotes;
}

const texts = fc.constantFrom<unknown>('411.02', '411.020', '0', '17', 'cheap', 12.5, null);
const frames = fc.record(
  {
    Symbol: fc.constant('MSFT'),
    Last: texts,
    LastSize: texts,
    Bid: texts,
    BidSize: texts,
    Ask: texts,
    AskSize: texts,
    High: texts,
    Volume: texts,
    NetChangePct: texts,
    LastVenue: fc.constantFrom('NSDQ', 'ARCX', null, 7),
    TradeTime: fc.constantFrom(
      '2026-08-12T19:28:44Z',
      '2026-08-12T19:28:45Z',
      '2026-08-12T19:28:45.250Z',
      'today',
      null,
    ),
    MarketFlags: fc.constantFrom<unknown>({ IsHalted: true }, { IsDelayed: false, IsHalted: 'so' }, {}, null, 'none'),
  },
  { requiredKeys: ['Symbol'] },
);

describe('a quote of changes', () => {
  it('is the one that all that was told makes, told at once', () => {
    fc.assert(
      fc.property(fc.array(frames, { minLength: 1, maxLength: 6 }), (told) => {
        const quotes = quotesOf(told.map((frame, i) => read(frame, i === 0, i)));
        // What was told last of each, whether it could be read or not; of flags each by itself.
        const whole: Record<string, unknown> = {};
        let flags: unknown;
        told.forEach((frame, i) => {
          const { MarketFlags, ...others } = frame;
          for (const [name, value] of Object.entries(others)) if (value !== null) whole[name] = value;
          if (typeof MarketFlags === 'object' && MarketFlags !== null)
            flags = { ...(typeof flags === 'object' ? flags : {}), ...MarketFlags };
          else if (MarketFlags === 'none') flags = MarketFlags;
          const [alone] = quotesOf([read({ ...whole, MarketFlags: flags }, true, i)]);

          expect(quotes[i]).toEqual(alone);
        });
      }),
      { numRuns: 500 },
    );
  });
});

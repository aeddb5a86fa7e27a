import fc from 'fast-check';
import { applyDiff, bookFrom } from '../../../lib/book/orderBook.js';
import { crc32 } from '../../../lib/codec/crc32.js';
import type { PriceLevel } from '../../../lib/model/priceLevel.js';
import { diff, level, snapshot } from '../../../lib/testing/builders.js';
import { checksumTest } from '../../../lib/venues/okx/checksum.js';

/** `5.148/60 5.149/192`, as the venue's page writes levels. */
const levels = (text: string): readonly PriceLevel[] =>
  text
    .split(' ')
    .filter((pair) => pair !== '')
    .map((pair) => level(pair.split('/')[0] ?? '', pair.split('/')[1] ?? ''));
const book = (bids: string, asks: string) => bookFrom(snapshot({ bids: levels(bids), asks: levels(asks) }));

describe('the checksum of OKX', () => {
  it.each([
    ['two a side', '3366.1/7 3366/6', '3366.8/9 3368/8', -1881014294],
    ['one bid and three asks', '3366.1/7', '3366.8/9 3368/8 3372/8', 831078360],
    [
      'six a side',
      '5/7 3/5 2.5/100 1.5/100 1.1/100 1/1004.9998',
      '8.8/96.99999966 9/39 9.5/100 12/12 95/0.42973686 11111/1003.99999795',
      468410539,
    ],
  ])('of %s is the published one', (_, bids, asks, expected) => {
    expect(checksumTest()(book(bids, asks), expected)).toBe(true);
    expect(checksumTest()(book(bids, asks), expected + 1)).toBe(false);
  });

  it('follows a book over its changes, with a 26th level that moves up', () => {
    const holds = checksumTest();
    let one = book(
      '5.14/251 5.139/25 5.138/202 5.136/231 5.135/5 5.134/63 5.133/338 5.132/439 5.131/397 5.13/1729 5.128/738 5.126/16 5.124/12745 5.123/57 5.122/1785 5.121/412 5.12/115 5.119/1069 5.117/35 5.114/45 5.113/3485 5.106/75 5.105/3391 5.103/53 5.102/160 5.101/55',
      '5.148/60 5.149/192 5.151/48 5.152/25 5.153/491 5.154/1988 5.155/156 5.156/73 5.157/5 5.158/164 5.159/288 5.16/122 5.161/109 5.162/16 5.163/2613 5.166/11851 5.169/500 5.17/64 5.175/163 5.178/419 5.182/614 5.183/160 5.187/396 5.189/3686 5.19/3058',
    );
    expect(holds(one, 555605283)).toBe(true);
    for (const [asks, bids, expected] of [
      ['5.158/129 5.233/240', '5.14/427 5.138/26 5.117/0', 1361161687],
      ['5.153/228 5.155/644 5.157/88 5.16/157', '5.14/350 5.137/146 5.131/406 5.12/150', -1199621822],
      ['5.155/346', '5.133/407 5.132/453 5.131/351', -96367939],
    ] as const) {
      one = applyDiff(one, diff({ bids: levels(bids), asks: levels(asks) }));
      expect(holds(one, expected)).toBe(true);
    }
  });

  it('is that of the book as it stands, whatever came and went before', () => {
    const some = (least: number) =>
      fc.array(
        fc
          .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: least, max: 3 }))
          .map(([price, size]) => level(String(price), String(size))),
        { maxLength: 60 },
      );
    const frames = fc.array(fc.record({ bids: some(0), asks: some(0) }), { maxLength: 12 });
    fc.assert(
      fc.property(some(1), some(1), frames, (bids, asks, changes) => {
        const holds = checksumTest();
        let one = bookFrom(snapshot({ bids, asks }));
        for (const change of [{ bids: [], asks: [] }, ...changes]) {
          one = applyDiff(one, diff(change));
          const [ours, theirs] = [one.bids.slice(25), one.asks.slice(25)];
          const best = Array.from({ length: 25 }, (_, i) => [ours[i], theirs[i]]).flat();
          const texts = best.flatMap((each) => (each === undefined ? [] : [each.exact.price, each.exact.size]));

          expect(holds(one, crc32(texts.join(':')))).toBe(true);
        }
      }),
    );
  });
});

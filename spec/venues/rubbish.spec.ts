import { isSoonDone } from '../support/linear.js';
import { isJsonObject } from '../../lib/codec/jsonObject.js';
import { rubbishIn } from '../support/rubbish.js';
import { type Sent, tampered, tamperedVenues } from '../support/tampered.js';

/** What kind of text it is: where it came from, what it says it is, and the names of what is in it. */
function kindOf({ kind, path, text }: Sent): string {
  const frame: unknown = JSON.parse(text);
  const tags = isJsonObject(frame) ? [frame['type'], frame['action']] : [];
  const [row] = isJsonObject(frame) && Array.isArray(frame['data']) ? (frame['data'] as readonly unknown[]) : [];
  const type = isJsonObject(row) ? row['eventType'] : undefined;
  return [kind, path, ...tags, type].join(' ');
}

/** One text of each kind: the longest. */
function kindsOf(sent: readonly Sent[]): readonly Sent[] {
  const longest = new Map<string, Sent>();
  for (const one of sent) {
    if (!/^[{[]/.test(one.text)) continue;
    const kind = kindOf(one);
    if (one.text.length > (longest.get(kind)?.text.length ?? 0)) longest.set(kind, one);
  }
  return [...longest.values()];
}

/** Long enough for all streams to have begun, in ms. */
const BEGINNING = 1_500;
/** Of event types that are read alike, some. */
const STREAMS: Partial<Record<keyof typeof tamperedVenues, readonly string[]>> = {
  dxlink: ['quotes', 'candles', 'book', 'dom'],
};
/** How much rubbish one client takes before another has its turn. */
const SPENT = 40;

// What venues with shared wires are held to by their contract, for the others: each frame and each answer below 64 KiB is
// dealt with soon, whatever it holds.
describe.each(Object.keys(tamperedVenues) as (keyof typeof tamperedVenues)[])('64 KiB of rubbish from %s', (venue) => {
  const heard = tampered(venue, STREAMS[venue]);
  heard.pass(5_000);
  const kinds = kindsOf(heard.network.sent);
  heard.exchange.close();

  it('take no work as frames', () => {
    const slow: string[] = [];
    for (const { path, text: good } of kinds.filter(({ kind }) => kind === 'frame')) {
      let one = tampered(venue, STREAMS[venue]);
      let spent = Infinity;
      for (const text of rubbishIn(good)) {
        const isSoon = isSoonDone(() => {
          let wire = one.network.wire(path);
          if (wire === undefined || spent >= SPENT) {
            one.exchange.close();
            one = tampered(venue, STREAMS[venue]);
            one.pass(BEGINNING);
            spent = 0;
            wire = one.network.wire(path);
          }
          spent += 1;
          return () => wire?.more.next(text);
        });
        if (!isSoon) slow.push(`${path} ${text.slice(0, 150)}`);
      }
      one.exchange.close();
    }
    expect(slow).toEqual([]);
    expect(kinds.length).toBeGreaterThan(5);
  });

  it('take no work as answers', () => {
    const slow: string[] = [];
    for (const good of kinds.filter(({ kind }) => kind === 'answer')) {
      for (const text of rubbishIn(good.text, 'lists')) {
        const isSoon = isSoonDone(() => {
          const one = tampered(venue, STREAMS[venue]);
          let work: (() => void) | undefined;
          let isChanged = false;
          one.network.change = (answer) => {
            isChanged = work === undefined && kindOf(answer) === kindOf(good);
            return isChanged ? text : answer.text;
          };
          one.network.around = (own) => {
            if (isChanged) work = own;
            else own();
          };
          for (let waited = 0; waited < BEGINNING && work === undefined; waited += 50) one.pass(50);
          return () => work?.();
        });
        if (!isSoon) slow.push(`${good.path} ${text.slice(0, 150)}`);
      }
    }
    expect(slow).toEqual([]);
  });
});

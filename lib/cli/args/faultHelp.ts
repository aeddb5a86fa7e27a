import { faultNames, ownFaultNames } from '../../simulation/index.js';
import type { VenueFacts } from './venueFacts.js';

/** What each fault does, in a line. */
const WORDS: Readonly<Record<(typeof faultNames)[number], string>> = {
  drop: 'a diff is never sent',
  duplicate: 'a diff is sent twice',
  reorder: 'a diff is sent after the next one',
  corruptJson: 'a frame is cut short',
  wrongTypes: 'a field of a frame has another type',
  crossedBook: 'a diff holds a bid above the best ask',
  refuseConnections: 'connections are refused (=HTTP status)',
  acceptAndClose: 'connections are opened and closed at once (=close code)',
  closeCleanly: 'connections are closed (=close code)',
  terminate: 'connections break without a word',
  silent: 'connections stay open, and nothing is sent',
  halfOpen: 'connections stay open, and nothing is sent or heard',
  slowSnapshot: 'snapshots are answered late (=how late)',
  staleSnapshot: 'snapshots are older than they should be (=how old)',
  failingSnapshot: 'snapshots are refused (=HTTP status)',
  unknownSymbol: 'the symbol is not known',
  ackNever: 'subscriptions are not confirmed',
  burst: 'many steps of the market at once',
};

/** What stands below the options of `simulate --help`. */
export function simulateNotes(venues: readonly VenueFacts[]): string {
  const common = faultNames.map((name) => `  ${name.padEnd(18)} ${WORDS[name]}`);
  const own = Object.entries(ownFaultNames).filter(([venue]) => venues.some(({ name }) => name === venue));
  const others = own.map(([venue, names]) => `  ${venue.padEnd(18)} ${names.join(', ')}`);
  return `
Faults are written name[=value]@time[+duration][/period][xcount][:target], with commas between them:
  drop@10s/10s                                     a diff after 10 s, and again every 10 s
  closeCleanly=1012@20s,refuseConnections@20s+3s   closed after 20 s, and refused for 3 s more
  drop@1s+1mx5:ethusdt                             the first five diffs of ETHUSDT within a minute

At every venue:
${common.join('\n')}

At one only:
${others.join('\n')}
`;
}

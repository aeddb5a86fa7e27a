/** Measures and prints: a table, or with `--json` one document. Run by `npm run bench`. */
import { measureChecksums } from './checksums.js';
import { measureFold } from './fold.js';
import { measureRoute } from './route.js';
import { measureTextToBook } from './textToBook.js';
import { measureVenueTexts } from './venueTexts.js';

const isQuick = process.argv.includes('--quick');
const fold = measureFold(isQuick ? 21 : 100);
const textToBook = measureTextToBook(isQuick ? 21 : 100);
const route = measureRoute();
const checksums = measureChecksums(isQuick ? 11 : 31);
const venues = measureVenueTexts();

if (process.argv.includes('--json')) {
  const { nsPerFrame, jsonParseNsPerFrame, ratio } = textToBook;
  const { nsPerDiff1000, nsPerDiff10000 } = fold;
  const { nsPerFrame10, nsPerFrame1000, nsPerFrame10000 } = route;
  const document = {
    textToBook: { nsPerFrame, jsonParseNsPerFrame, ratio },
    fold: { nsPerDiff1000, nsPerDiff10000 },
    route: { nsPerFrame10, nsPerFrame1000, nsPerFrame10000 },
    checksums,
    venues,
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
} else {
  row('', 'median', 'compared');
  row('text of a frame to a book', ns(textToBook.nsPerFrame), `${times(textToBook.ratio)} JSON.parse`);
  row('JSON.parse of the same text', ns(textToBook.jsonParseNsPerFrame));
  row('a diff into 1,000 levels', ns(fold.nsPerDiff1000));
  row('a diff into 10,000 levels', ns(fold.nsPerDiff10000), against(fold.nsPerDiff10000, fold.nsPerDiff1000));
  row('routing a frame to 1 of 10', ns(route.nsPerFrame10));
  row('routing a frame to 1 of 1,000', ns(route.nsPerFrame1000), against(route.nsPerFrame1000, route.nsPerFrame10));
  row('routing a frame to 1 of 10,000', ns(route.nsPerFrame10000), against(route.nsPerFrame10000, route.nsPerFrame10));
  row('checksum of a book, OKX', ns(checksums.okxNs));
  row('checksum of a book, Kraken', ns(checksums.krakenNs));
  for (const { venue, what, nsPerFrame, ratio, ratioWithoutChecksum, reason = '' } of venues) {
    const apart = ratioWithoutChecksum === undefined ? '' : `, ${times(ratioWithoutChecksum)} without its checksum`;
    row(`text to value: ${venue} ${what}`, ns(nsPerFrame), `${times(ratio)} JSON.parse${apart}  ${reason}`);
  }
}

function row(what: string, figure: string, compared = ''): void {
  const line = `${what.padEnd(34)}${figure.padStart(10)}   ${compared}`;
  process.stdout.write(`${line.trimEnd()}\n`);
}

function ns(figure: number): string {
  return `${figure.toFixed(0)} ns`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} x`;
}

function against(figure: number, first: number): string {
  return `${times(figure / first)} the first`;
}

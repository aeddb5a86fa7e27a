import type { LevelText } from '../market/side.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { ChannelHost } from './feedChannel.js';

/** What is told of a level. */
const FIELDS = ['price', 'size'];

/** One channel of the DOM service: says nothing before it is set up. */
export class DomChannel {
  private fields: readonly string[] = FIELDS;
  private isSetUp = false;
  private isEmitted = false;
  private depth: number | undefined;
  private period = 0.5;
  private dueAt = 0;
  private last: number | undefined;

  constructor(
    readonly id: number,
    private readonly symbol: string,
    private readonly instrument: SimulatedInstrument | undefined,
    private readonly host: Pick<ChannelHost, 'answer' | 'emit' | 'now'>,
  ) {}

  get names(): readonly string[] {
    return [`DOM ${this.symbol}`];
  }

  setUp(frame: Readonly<Record<string, unknown>>): void {
    const { acceptAggregationPeriod: period, acceptDepthLimit: depth, acceptOrderFields: fields } = frame;
    if (typeof period === 'number') this.period = Math.max(0, period);
    // 0 is no limit.
    if (typeof depth === 'number') this.depth = depth > 0 ? Math.ceil(depth) : undefined;
    if (Array.isArray(fields)) this.fields = FIELDS.filter((field) => fields.includes(field));
    this.isSetUp = true;
    this.isEmitted = false;
    this.last = undefined;
    this.dueAt = this.host.now();
  }

  pulse(now: number): void {
    const { instrument } = this;
    if (!this.isSetUp || instrument === undefined || now < this.dueAt) return;
    const { book } = instrument;
    if (book.sequence === this.last) return;
    this.last = book.sequence;
    this.dueAt = now + this.period * 1_000;
    if (!this.isEmitted) {
      this.isEmitted = true;
      this.host.answer({
        type: 'DOM_CONFIG',
        channel: this.id,
        aggregationPeriod: this.period,
        depthLimit: this.depth ?? 0,
        dataFormat: 'FULL',
        orderFields: this.fields,
      });
    }
    const side = (levels: readonly LevelText[]): string =>
      [...levels]
        .reverse()
        .slice(0, this.depth)
        .map(([price, size]) => JSON.stringify({ price: Number(price), size: Number(size) }, [...this.fields]))
        .join(',');
    this.host.emit(
      `DOM ${this.symbol}`,
      `{"type":"DOM_SNAPSHOT","channel":${String(this.id)},"time":${String(now)}` +
        `,"bids":[${side(book.bids.levels)}],"asks":[${side(book.asks.levels)}]}`,
    );
  }
}

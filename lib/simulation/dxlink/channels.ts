import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { isRecord } from '../parseRecord.js';
import { DomChannel } from './domChannel.js';
import { errorFrame } from './errorFrame.js';
import { type ChannelHost, FeedChannel } from './feedChannel.js';
import { ORDER_SOURCES } from './feeds.js';

type Frame = Readonly<Record<string, unknown>>;

export interface ChannelsConfig extends ChannelHost {
  readonly market: SimulatedMarket;
}

const CONTRACTS: readonly unknown[] = ['AUTO', 'TICKER', 'STREAM', 'HISTORY'];

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');

/** The channels of one connection, from their request to their end: sessions within the session. */
export class Channels {
  private readonly open = new Map<number, FeedChannel | DomChannel>();
  private readonly used = new Set<number>();

  constructor(private readonly config: ChannelsConfig) {}

  /** What is subscribed on them. */
  get names(): readonly string[] {
    return [...this.open.values()].flatMap(({ names }) => names);
  }

  /** Does what a message to a channel asks for. */
  obey(type: string, id: number, frame: Frame, isAuthorised: boolean): void {
    if (type === 'CHANNEL_REQUEST') {
      if (isAuthorised) this.request(id, frame);
      else this.refuse(id, 'UNAUTHORIZED', 'AUTH comes first');
      return;
    }
    const channel = this.open.get(id);
    // A channel the venue has just closed may still be talked to.
    if (channel === undefined) {
      if (!this.used.has(id)) this.config.answer(errorFrame(id, 'BAD_ACTION', 'There is no such channel'));
      return;
    }
    switch (type) {
      case 'CHANNEL_CANCEL':
        this.close(id);
        return;
      case 'FEED_SETUP':
        if (channel instanceof FeedChannel) channel.setUp(frame);
        return;
      case 'FEED_SUBSCRIPTION':
        if (channel instanceof FeedChannel) channel.subscribe(frame);
        return;
      case 'DOM_SETUP':
        if (channel instanceof DomChannel) channel.setUp(frame);
        return;
      case 'ERROR':
        return;
      default:
        this.config.answer(errorFrame(id, 'BAD_ACTION', `Unexpected ${type}`));
    }
  }

  /** Closes the first one, if that is planned now. */
  closeByPlan(): void {
    const [first] = this.open;
    if (first === undefined) return;
    const [id, { names }] = first;
    if (this.config.faults.take('channelClosed', names.join(' ')) === undefined) return;
    this.config.answer(errorFrame(id, 'UNKNOWN', 'The channel is closed by plan'));
    this.close(id);
  }

  pulse(now: number): void {
    for (const channel of this.open.values()) channel.pulse(now);
  }

  clear(): void {
    this.open.clear();
  }

  private request(id: number, { service, parameters }: Frame): void {
    const { market, faults } = this.config;
    const terms = isRecord(parameters) ? parameters : {};
    const { contract, symbol, sources } = terms;
    const opened = (granted: Frame): void => {
      this.used.add(id);
      this.config.answer({ type: 'CHANNEL_OPENED', channel: id, service, parameters: granted });
    };
    if (service === 'FEED' && CONTRACTS.includes(contract)) {
      this.open.set(id, new FeedChannel(id, String(contract), this.config));
      opened({ ...terms, subFormat: 'LIST' });
    } else if (service === 'DOM' && typeof symbol === 'string' && isTexts(sources)) {
      const isUnknown = faults.take('unknownSymbol', `DOM ${symbol}`) !== undefined;
      // Where there is none of its sources it is opened, and stays silent.
      const isSourced = sources.some((one) => ORDER_SOURCES.includes(one));
      const instrument = isUnknown || !isSourced ? undefined : market.instrument(symbol);
      this.open.set(id, new DomChannel(id, symbol, instrument, this.config));
      opened(terms);
    } else if (service === 'FEED' || service === 'DOM') {
      this.refuse(
        id,
        'INVALID_MESSAGE',
        service === 'FEED' ? 'No such contract' : 'A symbol and a list of sources are needed',
      );
    } else this.refuse(id, 'BAD_ACTION', 'Unknown service');
  }

  private refuse(channel: number, error: string, message: string): void {
    this.config.answer(errorFrame(channel, error, message));
    this.config.answer({ type: 'CHANNEL_CLOSED', channel });
  }

  private close(channel: number): void {
    this.open.delete(channel);
    this.config.answer({ type: 'CHANNEL_CLOSED', channel });
  }
}

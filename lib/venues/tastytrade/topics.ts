import * as t from 'io-ts';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Topic } from '../../socket/plan.js';
import { type TastytradeNotice, readNotice } from './notices.js';

/** The one kind of wire. */
export const GROUP = 'account';

/** What a topic asks of the venue; absent where `connect` has asked already. */
export interface Asking {
  readonly action: string;
  readonly value?: string;
}

export const accountKey = (account: string): string => `account ${account}`;
export const ALL = 'notifications';
export const WATCHLISTS = 'publicWatchlists';
export const ALERTS = 'quoteAlerts';
export const MESSAGES = 'userMessages ';

export const askingOf = (topic: Topic): Asking | undefined => topic.detail as Asking | undefined;

/** All that is told of one account. */
export const accountChannel = (account: string): ChannelSpec<readonly TastytradeNotice[]> => ({
  topic: { key: accountKey(account), group: GROUP },
  decode: (payload, at) => {
    const result = readNotice(payload, at);
    return result._tag === 'Left' ? result : t.success([result.right]);
  },
});

/** Notifications of any kind that arrive. */
export const allChannel: ChannelSpec<TastytradeNotice> = { topic: { key: ALL, group: GROUP }, decode: readNotice };

/** Notifications that belong to no account, asked for by an action of their own. */
export const askedChannel = (key: string, detail: Asking): ChannelSpec<TastytradeNotice> => ({
  topic: { key, group: GROUP, detail },
  decode: readNotice,
});

import * as t from 'io-ts';
import { noop } from 'rxjs';
import type { ChannelSpec } from '../../socket/channel.js';
import type { Topic } from '../../socket/plan.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { UnreadReport } from './unread.js';
import { type TastytradeNotice, readNotice } from './notices.js';

/** The one kind of wire. */
export const GROUP = 'account';

/** What a topic asks of the venue; absent where `connect` has asked already. */
export interface ActionRequest {
  readonly action: string;
  readonly value?: string;
}

export const accountKey = (account: string): string => `account ${account}`;
export const ALL = 'notifications';
export const WATCHLISTS = 'publicWatchlists';
export const ALERTS = 'quoteAlerts';
export const MESSAGES = 'userMessages ';

export const actionOf = (topic: Topic): ActionRequest | undefined => topic.detail as ActionRequest | undefined;

const channelOf = (topic: Topic, report: Report): ChannelSpec<TastytradeNotice> => {
  // No state is made of it.
  const unread: UnreadReport = { leftOut: leftOutOf(topic.key, report), invalidate: noop };
  return { topic, decode: (payload, at) => readNotice(payload, at, unread) };
};

/** All that is told of one account. */
export function accountChannel(account: string, unread: UnreadReport): ChannelSpec<readonly TastytradeNotice[]> {
  return {
    topic: { key: accountKey(account), group: GROUP },
    decode: (payload, at) => {
      const result = readNotice(payload, at, unread);
      return result._tag === 'Left' ? result : t.success([result.right]);
    },
  };
}

/** Notifications of any kind that arrive. */
export const allChannel = (report: Report): ChannelSpec<TastytradeNotice> =>
  channelOf({ key: ALL, group: GROUP }, report);

/** Notifications that belong to no account, asked for by an action of their own. */
export const actionChannel = (key: string, detail: ActionRequest, report: Report): ChannelSpec<TastytradeNotice> =>
  channelOf({ key, group: GROUP, detail }, report);

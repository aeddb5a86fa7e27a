/**
 * For whoever writes a venue of their own: all that the venues of this library are built from. What a pipeline sees of a
 * venue (the words, the errors, the continuity rules that a venue names) is in `millrace`.
 *
 * In the order in which a venue is written: what goes over the wire and how it is read, how its sessions talk, what its
 * channels make of it, and the exchange that all of it becomes.
 */
export { changeFrame } from '../codec/changeFrame.js';
export { checkedFirst } from '../codec/checkedFirst.js';
export { crc32, crc32Joined, crc32OfCode, crc32OfDigits } from '../codec/crc32.js';
export { Decimal } from '../codec/decimal.js';
export { decimalOf } from '../codec/decimalOf.js';
export { DecimalText, SizeText } from '../codec/decimalText.js';
export { excerptOf } from '../codec/excerpt.js';
export { type Decoded, type Encoded, type Fields, frame } from '../codec/frame.js';
export { grouped } from '../codec/grouped.js';
export { I128, U128, U64, millisOfNanos, scaledDown } from '../codec/integers.js';
export { IsoTime, timeIfAny, usualTimeOf } from '../codec/isoTime.js';
export { type JsonObject, asJsonObject, isJsonObject } from '../codec/jsonObject.js';
export { JsonNumber, JsonSize, levelOfNumbers } from '../codec/jsonNumbers.js';
export { levelOf } from '../codec/levelOf.js';
export { levelOfUnits } from '../codec/levelOfUnits.js';
export { levelRecords } from '../codec/levelRecords.js';
export { keyedRow } from '../codec/keyedRow.js';
export { levelRows } from '../codec/levelRows.js';
export { Levels } from '../codec/levels.js';
export { list, listOfSpared } from '../codec/list.js';
export { listedRow } from '../codec/listedRow.js';
export { LooseDecimal, numberAsText } from '../codec/looseDecimal.js';
export { exactJson, losslessJson, parseExact, parseLossless } from '../codec/losslessJson.js';
export { type JsonReading, plainJson } from '../codec/jsonReading.js';
export { type CandleFacts, makeCandle } from '../codec/makeCandle.js';
export { type TradeFacts, makeTrade } from '../codec/makeTrade.js';
export { numbersOf, numbersOrNone } from '../codec/numbersOf.js';
export { orNone } from '../codec/orNone.js';
export { pathOf } from '../codec/path.js';
export { pairOf } from '../codec/pairOf.js';
export { atTop, inData, inOnlyData, inOnlyEntry, under } from '../codec/placeOfLevels.js';
export { reader } from '../codec/read.js';
export { ReadFrame, insideOf, orRead } from '../codec/readFrame.js';
export { Id, Millis, Sequence, SequenceOrNone, Text, leaf } from '../codec/scalars.js';
export { Step, stepIn } from '../codec/step.js';
export { changeScanner } from '../codec/scanChanges.js';
export { levelScanner, scanLevels } from '../codec/scanLevels.js';
export type { Gap, GapScanner, LevelScanner, PlaceOfLevels } from '../codec/gapScanner.js';
export type { ReadRow } from '../codec/readRows.js';
export { type RowHole, rowReader } from '../codec/rowReader.js';
export { type Cursor, partOf, scanDecimal, standsAt } from '../codec/scanDecimal.js';
export { type ScannedNumber, levelOfScanned, scannedNumber } from '../codec/scanNumber.js';
export { NumberRow, type ScannedRow, scanNumberRow } from '../codec/scanNumberRow.js';
export { ExactFrames, ShapedFrames } from '../codec/shapedFrames.js';
export { ScannedRows, orScanned } from '../codec/scannedRows.js';
export { type UnitKeys, unitScanner } from '../codec/scanUnits.js';
export { type Pair, ScannedSides, mixedSideScanner, nestedSideScanner, sideScanner } from '../codec/scanSides.js';
export { type RecordKeys, recordScanner, scanRecords } from '../codec/scanRecords.js';
export { type Unread, orUnread, sparing, sparingReader } from '../codec/sparing.js';
export { REFUSED, type Refused, type TryDecode, FastType, tryDecodeOf } from '../codec/fastType.js';

export { isBookByOrder, isByOrder } from '../book/byOrder/isByOrder.js';
export { type CandleSpan, monthFrom, spanOf } from '../book/candleSpan.js';
export {
  type ChecksumTest,
  type Begun,
  type Fold,
  type Folded,
  type Folding,
  type SizeReading,
  checksummed,
  plainFold,
  sized,
} from '../book/fold.js';
export { addDecimals, compareDecimals, multiplyDecimals, subtractDecimals, sumDecimals } from '../book/decimals.js';
export { type NamedInstrument, plainDecimal, stepOfDecimals, unifiedName } from '../book/ticks.js';
export { isForGood, isOwnWord, isPage, isRefusedWith } from '../feed/isPage.js';
export { type Sought, comparePrices } from '../book/level.js';
export { type BreakFacts, type BreakNote, broken } from '../book/broken.js';
export { absoluteSizes, signedSizes } from '../book/signedSizes.js';
export { type MutableTally, emptyTally } from '../book/tally.js';

export { check, checkOneOf, checkWhole } from '../errors/checks.js';
export { isFatal } from '../errors/isFatal.js';
export {
  type OptionRule,
  aBoolean,
  aCount,
  aDuration,
  aFunction,
  aNumber,
  anObject,
  anything,
  aText,
  baseOf,
  checkConfig,
  checkKind,
  checkOptions,
  checkSocketUrl,
  checkText,
  oneOf,
  restOf,
} from '../errors/optionRules.js';
export { type Attempts, attempted, noAttempts, succeeded } from '../model/attempts.js';
export { invalidated, syncing, trusted } from '../model/trust.js';
export type { FaultNotice, Report } from '../model/fault.js';
export { ODD } from '../model/plainLevel.js';
export { type Allowance, JITTER, type Rate, makeAllowance } from '../network/allowance.js';
export type { BudgetLimits } from '../network/budget.js';
export { answeredAt, retryAfterOf } from '../network/retryAfter.js';
export { within } from '../network/within.js';

export { bytesOf } from '../socket/bytesOf.js';
export type { ChannelSpec } from '../socket/channel.js';
export type { ChannelEvent } from '../socket/channelEvent.js';
export { every } from '../socket/every.js';
export { heartbeat } from '../socket/heartbeat.js';
export { LifeSigns, type LifeSignsConfig } from '../socket/session/lifeSigns.js';
export { AnswersInOrder } from '../socket/answersInOrder.js';
export { type NumberedRequest, NumberedRequests, behind } from '../socket/numberedRequests.js';
export { PairKeys } from '../socket/pairKeys.js';
export type { Attempt, Dialect, Link, Topic, TopicRequest, VenuePlan, WireLimits, WirePlan } from '../socket/plan.js';
export { FrameCount, type FrameOrder } from '../book/continuity/frameCount.js';
export { Seats } from '../socket/seats.js';
export type { SharedStreams } from '../socket/sharedStreams.js';
export type { Timing } from '../socket/venueParts.js';
export type { Reports } from '../socket/reports.js';
export { Silence, type SilenceConfig } from '../socket/silence.js';
export { WholeRequest } from '../socket/wholeRequest.js';

export { type Alarm, makeAlarm } from '../time/alarm.js';
export { SteadyScheduler, steady } from '../time/steadyScheduler.js';
export type { Work } from '../time/task.js';

export {
  type AccountFeedConfig,
  type AccountFolding,
  type AccountLoading,
  type AccountUpdate,
  accountFeed,
} from '../feed/account/accountFeed.js';
export {
  type AccountSpec,
  type AccountStreams,
  accountEventsOf,
  accountStatesOf,
  accountStreams,
} from '../feed/account/accountStreams.js';
export { anAudit } from '../feed/auditRule.js';
export {
  type BookParameter,
  type BookParameters,
  type BookSpec,
  type BookStreams,
  Books,
  type DepthSource,
} from '../feed/books.js';
export { eventsOf, statesByOrder, statesOf } from '../feed/bookStreams.js';
export { type AuthorizedRequest, authorizedRequest } from '../feed/authorizedRequest.js';
export { checkLogin } from '../feed/checkLogin.js';
export {
  type CandleHistory,
  type CandlePage,
  historyByCount,
  historyByTime,
  loadCandles,
} from '../feed/candleHistory.js';
export { candlesClosedByNext } from '../feed/candlesClosedByNext.js';
export { closedByNext } from '../feed/closedByNext.js';
export { closedOf } from '../feed/closedOf.js';
export { type TradeNumber, eachTrade } from '../feed/countedTrades.js';
export { Credentials, type CredentialsConfig, type TokenProvider } from '../feed/credentials.js';
export { lifetimeOf } from '../feed/lifetimeOf.js';
export { UnusableTokenError, checkToken, tokenOf } from '../feed/tokenOf.js';
export { type DepthChannelEvent, depthFeed } from '../feed/depthFeed.js';
export type { BookDoubts, BookHolding, BookMeaning, BookMending, DepthFeedConfig } from '../feed/depthFeedConfig.js';
export { Discretion } from '../feed/discretion.js';
export { type Known, type SessionFold, foldSession } from '../feed/foldSession.js';
export { exchangeRules } from '../feed/exchangeRules.js';
export { hideToken } from '../feed/hideToken.js';
export { Instruments } from '../feed/instruments.js';
export {
  type CandleChannelEvent,
  type CandleChannels,
  type JoinBase,
  type JoinCandlesConfig,
  candlesWith,
  joinCandles,
  withPast,
} from '../feed/joinCandles.js';
export { type CandleListEvent, joinListed } from '../feed/joinListed.js';
export { leftOutOf } from '../feed/leftOut.js';
export type { OwnStreamKind, OwnStreams, OwnStreamsOf } from '../feed/ownStreams.js';
export { flatten } from '../feed/flatten.js';
export { passOn } from '../feed/passOn.js';
export { type PausePolicy, defaultPause, pauseBefore } from '../feed/pause.js';
export { type PastCandle, pastCandle } from '../feed/pastCandle.js';
export { patiently } from '../feed/patiently.js';
export { jsonOf, readAnswer, readPart } from '../feed/readAnswer.js';
export { readRows } from '../feed/readRows.js';
export { refusalsWith } from '../feed/refusals.js';
export type { RefusalIn, Requests } from '../feed/requests.js';
export { streamingNetwork } from '../feed/streamingNetwork.js';
export { depthUnlessStalled, unlessStalled } from '../feed/unlessStalled.js';
export { VenueBase, type VenueBaseConfig } from '../feed/venueBase.js';
export type { FoldContext } from '../feed/foldContext.js';
export { VenueCore, type VenueWires, eachValue, foldedChannel } from '../feed/venueCore.js';
export { type Tokens, withToken } from '../feed/withToken.js';

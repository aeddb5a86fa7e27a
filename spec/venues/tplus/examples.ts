// Frames of the venue's documents and of its client's tests, and some made after them: texts as on the wire.

/** A snapshot of the server's document. */
export const depthSample: readonly string[] = [
  '{"asks":[["0.99980141","0.01000000"]],"bids":[],"sequence_number":1943}',
];
/** A snapshot, two stale diffs, four live ones, one in number form, and one after a gap. */
export const depthSequence: readonly string[] = [
  '{"asks":[["100.50000000","2.00000000"],["100.60000000","1.50000000"],["101.00000000","4.00000000"]],"bids":[["100.20000000","0.75000000"],["100.30000000","1.00000000"],["100.40000000","3.00000000"]],"sequence_number":1943}',
  '{"bids":[["100.40000000","9.00000000"]],"asks":[],"sequence_number":1942}',
  '{"bids":[["100.40000000","3.00000000"]],"asks":[],"sequence_number":1943}',
  '{"bids":[["100.40000000","2.50000000"]],"asks":[],"sequence_number":1944}',
  '{"bids":[],"asks":[["100.50000000","0.00000000"]],"sequence_number":1945}',
  '{"bids":[["100.45000000","1.25000000"]],"asks":[["100.60000000","1.75000000"]],"sequence_number":1946}',
  '{"bids":[["100.20000000","0"]],"asks":[["101.50000000","0.50000000"]],"sequence_number":1947}',
  '{"bids":[[100.45,1.5]],"asks":[],"sequence_number":1948}',
  '{"bids":[["100.45000000","2.00000000"]],"asks":[],"sequence_number":1951}',
];
/** Flat, then tagged. */
export const trades: readonly string[] = [
  '{"asset_id":"82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1","trade_id":122519,"price":"3862.36934070","quantity":"0.01000000","timestamp_ns":1761283013888453220,"buyer_is_maker":false,"status":"Confirmed"}',
  '{"asset_id":"200","trade_id":122520,"order_id":"","price":"100.45000000","quantity":"0.25000000","timestamp_ns":1782345600000000001,"buyer_is_maker":true,"status":"Confirmed"}',
  '{"asset_id":"200","trade_id":122521,"price":"100.60000000","quantity":"1.00000000","timestamp_ns":1782345600250000000,"buyer_is_maker":false}',
  '{"asset_id":"201","trade_id":122522,"price":"0.99980141","quantity":"1500.00000000","timestamp_ns":1782345600999999999,"buyer_is_maker":false,"status":"Confirmed"}',
  '{"asset_id":"200","trade_id":122523,"price":"100.60000000","quantity":"0.00000001","timestamp_ns":1782345601000000123,"buyer_is_maker":false,"status":"Confirmed"}',
  '{"asset_id":"200","trade_id":122524,"order_id":"rt6G7V8gRAG4p7lfidkeUw==","price":"100.40000000","quantity":"2.50000000","timestamp_ns":1782345602000000000,"buyer_is_maker":true,"status":"Confirmed"}',
];
/** Each step of a trade. */
export const taggedTrades: readonly string[] = [
  '{"Pending":{"asset_id":"82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1","trade_id":122519,"price":"3862.36934070","quantity":"0.01000000","timestamp_ns":1761283013888453220,"buyer_is_maker":false,"status":"Pending"}}',
  '{"Confirmed":{"asset_id":"82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1","trade_id":122519,"price":"3862.36934070","quantity":"0.01000000","timestamp_ns":1761283013888453220,"buyer_is_maker":false,"status":"Confirmed"}}',
  '{"Rollbacked":{"asset_id":"82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1","trade_id":122519,"price":"3862.36934070","quantity":"0.01000000","timestamp_ns":1761283013888453220,"buyer_is_maker":false,"status":"Rollbacked"}}',
  '{"Pending":{"asset_id":"200","trade_id":122525,"price":"100.45000000","quantity":"0.10000000","timestamp_ns":1782345603000000000,"buyer_is_maker":true,"status":"Pending"}}',
  '{"Confirmed":{"asset_id":"200","trade_id":122525,"price":"100.45000000","quantity":"0.10000000","timestamp_ns":1782345603000000000,"buyer_is_maker":true,"status":"Confirmed"}}',
  '{"Rollbacked":{"asset_id":"200","trade_id":122526,"price":"100.45000000","quantity":"0.20000000","timestamp_ns":1782345604000000000,"buyer_is_maker":true,"status":"Rollbacked"}}',
];
/** The last one is no list. */
export const bars: readonly string[] = [
  '[{"open":"1.00000000","high":"1.00200000","low":"0.99900000","close":"1.00100000","volume":"10.50000000","open_timestamp_ns":1744989600000000000,"close_timestamp_ns":1744989660000000000}]',
  '[{"open":"100.40000000","high":"100.40000000","low":"100.40000000","close":"100.40000000","volume":"0.25000000","open_timestamp_ns":1782345600000000000,"close_timestamp_ns":1782345660000000000}]',
  '[{"open":"100.40000000","high":"100.60000000","low":"100.40000000","close":"100.60000000","volume":"1.25000000","open_timestamp_ns":1782345600000000000,"close_timestamp_ns":1782345660000000000}]',
  '[{"open":"100.40000000","high":"100.60000000","low":"100.35000000","close":"100.45000000","volume":"3.75000000","open_timestamp_ns":1782345600000000000,"close_timestamp_ns":1782345660000000000},{"open":"100.45000000","high":"100.45000000","low":"100.45000000","close":"100.45000000","volume":"0.10000000","open_timestamp_ns":1782345660000000000,"close_timestamp_ns":1782345720000000000}]',
  '[]',
  '{"open":"100.45000000","high":"100.50000000","low":"100.45000000","close":"100.50000000","volume":"0.60000000","open_timestamp_ns":1782345660000000000,"close_timestamp_ns":1782345720000000000}',
];
/** Tagged from outside; the last one from within. */
export const orderEvents: readonly string[] = [
  '{"Removed":{"order_id":"rt6G7V8gRAG4p7lfidkeUw==","asset_id":"82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1","user_id":"0xabc","timestamp_ns":1750146943779456128,"operator_pubkey":"0xdef","reason":"Completed","filled_quantity":100,"filled_amount":200,"confirmed_quantity":100,"confirmed_amount":200,"book_quantity_decimals":8}}',
  '{"Removed":{"order_id":"abc","asset_id":"82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1","user_id":"u","timestamp_ns":0,"operator_pubkey":"p","reason":"Canceled","filled_quantity":0,"filled_amount":0,"confirmed_quantity":0,"confirmed_amount":0,"book_quantity_decimals":0}}',
  '{"Created":{"user_order":{"signer":"3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29","order_id":"o-1","base_asset":"200","book_price_decimals":8,"book_quantity_decimals":8,"details":{"Limit":{"limit_price":10045000000,"quantity":125000000,"time_in_force":{"GTC":{"post_only":true}}}},"side":"Buy","trigger":null,"creation_timestamp_ns":1782345600000000000,"target":{"account":1,"is_spot":true},"reduce_only":false,"max_trading_fees_rate":50000,"protocol_version":1},"signature":[191,6,160,2],"book_timestamp_ns":1782345600000100000,"limit_overrides":null,"limit_overrides_signature":null}}',
  '{"Replaced":{"order_id":"o-1","asset_id":"200","user_id":"3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29","new_quantity":100000000,"new_price":10046000000}}',
  '{"Canceled":{"order_id":"o-1","asset_id":"200","user_id":"3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29","timestamp_ns":1782345605000000000,"reason":null}}',
  '{"CreateFailed":{"order_id":"o-2","user_id":"3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29","reason":"insufficient margin"}}',
  '{"Amended":{"order_id":"o-3","asset_id":"200","user_id":"3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29","new_quantity":50000000,"remaining_quantity":20000000,"authorization_revision":1,"book_quantity_decimals":8,"timestamp_ns":1782345606000000000}}',
  '{"type":"cancel_failed","order_id":"o-9","user_id":"3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29","reason":"unknown order"}',
];
/** Flat. */
export const userTrades: readonly string[] = [
  '{"asset_id":"1","trade_id":2,"order_id":"oid","price":"100","quantity":"1","timestamp_ns":300,"is_maker":false,"is_buyer":true,"status":"Confirmed","rollback_reason":null}',
  '{"asset_id":"200","trade_id":122525,"order_id":"o-1","price":"100.45000000","quantity":"0.10000000","timestamp_ns":1782345603000000000,"is_maker":true,"is_buyer":true,"status":"Pending","rollback_reason":null,"is_liquidation":false,"is_auto_deleverage":false,"sub_account":1,"trading_fee":"-0.00100450"}',
  '{"asset_id":"200","trade_id":122525,"order_id":"o-1","price":"100.45000000","quantity":"0.10000000","timestamp_ns":1782345603000000000,"is_maker":true,"is_buyer":true,"status":"Confirmed","rollback_reason":null,"is_liquidation":false,"is_auto_deleverage":false,"sub_account":1,"trading_fee":"-0.00100450"}',
  '{"asset_id":"200","trade_id":122526,"order_id":"o-1","price":"100.45000000","quantity":"0.20000000","timestamp_ns":1782345604000000000,"is_maker":true,"is_buyer":true,"status":"Rollbacked","rollback_reason":"counterparty insolvent","sub_account":1,"trading_fee":"0"}',
  '{"asset_id":"200","trade_id":122530,"order_id":"o-7","price":"100.60000000","quantity":"1.00000000","timestamp_ns":1782345609000000000,"is_maker":false,"is_buyer":false,"status":"Confirmed","trading_fee":"0.05030000"}',
];

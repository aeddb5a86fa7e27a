/**
 * The example frames of tastytrade's protocol as collected in November 2026: captured, derived and constructed ones.
 * `C` goes from client to server, `S` from server to client.
 */
export interface Example {
  readonly section: string;
  readonly from: 'C' | 'S';
  readonly text: string;
}

export const examples: readonly Example[] = [
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"connect","value":"5WT00000","request-id":1,"source":"tastytrade-api-js-sdk","auth-token":"Bearer at-1"}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"connect","value":["5WT00000","5WT00001"],"request-id":1,"source":"tastytrade-api-js-sdk","auth-token":"Bearer at-1"}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"public-watchlists-subscribe","request-id":2,"source":"tastytrade-api-js-sdk","auth-token":"Bearer at-1"}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"quote-alerts-subscribe","request-id":3,"source":"tastytrade-api-js-sdk","auth-token":"Bearer at-1"}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"user-message-subscribe","value":"U0001","request-id":4,"source":"tastytrade-api-js-sdk","auth-token":"Bearer at-1"}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"heartbeat","request-id":5,"source":"tastytrade-api-js-sdk","auth-token":"Bearer at-1"}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"connect","value":["12345"],"auth-token":"Bearer your session token here","request-id":1}',
  },
  {
    section: '6.1',
    from: 'C',
    text: '{"action":"heartbeat","auth-token":"Bearer your session token here","request-id":1}',
  },
  {
    section: '6.2',
    from: 'S',
    text: '{"status":"ok","action":"connect","web-socket-session-id":"c8531fa0","value":["5WX06827"],"request-id":1}',
  },
  {
    section: '6.2',
    from: 'S',
    text: '{"status":"ok","action":"heartbeat","web-socket-session-id":"13ec76b6","request-id":3}',
  },
  {
    section: '6.2',
    from: 'S',
    text: '{"status":"error","action":"connect","web-socket-session-id":"423f58ac","message":"failed"}',
  },
  {
    section: '6.2',
    from: 'S',
    text: '{"web-socket-session-id":"8fb26a40-92be-94ac-bdb3-b1c5b1e38ede","action":"heartbeat","status":"ok","ws-sequence":3}',
  },
  {
    section: '6.2',
    from: 'S',
    text: '{"status":"error","action":"quote-alerts-subscribe","web-socket-session-id":"5b6e2799","message":"connect-not-completed"}',
  },
  {
    section: '6.2',
    from: 'S',
    text: '{"status":"error","action":"heartbeat","web-socket-session-id":"5b6e2799","message":"not-implemented","request-id":1}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507349840,"account-number":"5WY00000","cancellable":false,"editable":false,"edited":false,"global-request-id":"2d125a3388db9cabb7b824d3fdab707f","leg-count":1,"order-type":"Limit","price":"10.51","price-effect":"Debit","received-at":"2026-09-17T18:32:28.393+00:00","size":1,"source":"WB2;0.174.2","status":"Routed","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789669948413,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]},"timestamp":1789669948424,"ws-sequence":2}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507349840,"account-number":"5WY00000","cancellable":true,"editable":true,"edited":false,"ext-client-order-id":"JAAAC1DXlca8hLdo0w","global-request-id":"2d125a3388db9cabb7b824d3fdab707f","leg-count":1,"order-type":"Limit","price":"10.51","price-effect":"Debit","received-at":"2026-09-17T18:32:28.393+00:00","size":1,"source":"WB2;0.174.2","status":"Live","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789669948464,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":0,"symbol":"NOK","fills":[{"destination-venue":"SUSQUEHANNA_EQUITIES_B","fill-id":"2609179990014993642","fill-price":"10.505","filled-at":"2026-09-17T18:32:28.435+00:00","quantity":1}]}]},"timestamp":1789669948469,"ws-sequence":3}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507349840,"account-number":"5WY00000","cancellable":false,"editable":false,"edited":false,"ext-client-order-id":"JAAAC1DXlca8hLdo0w","global-request-id":"2d125a3388db9cabb7b824d3fdab707f","leg-count":1,"order-type":"Limit","price":"10.51","price-effect":"Debit","received-at":"2026-09-17T18:32:28.393+00:00","size":1,"source":"WB2;0.174.2","status":"Filled","terminal-at":"2026-09-17T18:32:28.468+00:00","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789669948471,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":0,"symbol":"NOK","fills":[{"destination-venue":"SUSQUEHANNA_EQUITIES_B","fill-id":"2609179990014993642","fill-price":"10.505","filled-at":"2026-09-17T18:32:28.435+00:00","quantity":1}]}]},"timestamp":1789669948487,"ws-sequence":4}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507358650,"account-number":"5WY00000","cancellable":false,"cancelled-at":"2026-09-17T18:52:28.046+00:00","cancelled-size":"1.0","editable":false,"edited":true,"ext-client-order-id":"JAAAC1DjaMXU2XYwWC","global-request-id":"6b561ad90ef9c93d6811049d56720fed","leg-count":1,"order-type":"Limit","price":"10.29","price-effect":"Debit","received-at":"2026-09-17T18:51:59.992+00:00","replacing-order-id":507358867,"size":1,"source":"QuantConnect","status":"Cancelled","terminal-at":"2026-09-17T18:52:28.065+00:00","time-in-force":"GTC","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789671148078,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]},"timestamp":1789671148084,"ws-sequence":7}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507358867,"account-number":"5WY00000","cancellable":false,"editable":false,"edited":false,"global-request-id":"64d60e84189f87698ba75276fd8a3952","leg-count":1,"order-type":"Limit","price":"10.25","price-effect":"Debit","received-at":"2026-09-17T18:52:28.016+00:00","replaces-order-id":507358650,"size":1,"source":"WB2;0.174.2","status":"Routed","time-in-force":"GTC","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789671148184,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]},"timestamp":1789671148195,"ws-sequence":8}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507358867,"account-number":"5WY00000","cancellable":true,"editable":true,"edited":false,"ext-client-order-id":"JAAAC1DjsPWqZlw6Nc","global-request-id":"64d60e84189f87698ba75276fd8a3952","leg-count":1,"order-type":"Limit","price":"10.25","price-effect":"Debit","received-at":"2026-09-17T18:52:28.016+00:00","replaces-order-id":507358650,"size":1,"source":"WB2;0.174.2","status":"Live","time-in-force":"GTC","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789671148235,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]},"timestamp":1789671148241,"ws-sequence":9}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":270602,"account-number":"5WX06827","cancellable":false,"editable":false,"edited":false,"ext-client-order-id":"0a000000d40004210a","ext-exchange-order-number":"910533337354","ext-global-order-number":212,"global-request-id":"cac193dce95dd480f7c191e8655f54a9","order-type":"Market","received-at":"2025-05-28T16:00:01.651+00:00","size":1,"status":"Filled","terminal-at":"2025-05-28T16:00:02.550+00:00","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"AAPL","updated-at":1748448002553,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":0,"symbol":"AAPL","fills":[{"destination-venue":"TEST_A","ext-exec-id":"134","ext-group-fill-id":"0","fill-id":"2_TW::TEST_A1::20250528.135-TEST_FILL","fill-price":"1.0","filled-at":"2025-05-28T16:00:01.953+00:00","quantity":1}]}]},"timestamp":1748448002620}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507400001,"account-number":"5WT00000","cancellable":false,"editable":false,"edited":false,"leg-count":1,"order-type":"Limit","price":"1.00","price-effect":"Debit","received-at":"2026-09-17T19:00:00.000+00:00","reject-reason":"Insufficient buying power","size":1,"status":"Rejected","terminal-at":"2026-09-17T19:00:00.100+00:00","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"AAPL","updated-at":1789671600100,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"AAPL","fills":[]}]},"timestamp":1789671600105,"ws-sequence":10}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"Order","data":{"id":507400002,"account-number":"5WT00000","cancellable":true,"editable":true,"edited":false,"leg-count":2,"order-type":"Limit","price":"1.25","price-effect":"Credit","received-at":"2026-09-17T19:01:00.000+00:00","size":2,"status":"Live","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"AAPL","updated-at":1789671661000,"legs":[{"action":"Sell to Open","instrument-type":"Equity Option","quantity":2,"remaining-quantity":1,"symbol":"AAPL  261218C00250000","fills":[{"fill-id":"f-1","fill-price":"3.10","filled-at":"2026-09-17T19:01:00.900+00:00","quantity":1}]},{"action":"Buy to Open","instrument-type":"Equity Option","quantity":2,"remaining-quantity":1,"symbol":"AAPL  261218C00260000","fills":[{"fill-id":"f-2","fill-price":"1.85","filled-at":"2026-09-17T19:01:00.900+00:00","quantity":1}]}]},"timestamp":1789671661010,"ws-sequence":11}',
  },
  {
    section: '6.3',
    from: 'S',
    text: '{"type":"ComplexOrder","data":{"id":77001,"account-number":"5WT00000","type":"OCO","orders":[{"id":507400003,"account-number":"5WT00000","cancellable":true,"editable":true,"edited":false,"order-type":"Limit","price":"12.00","price-effect":"Credit","size":1,"status":"Live","time-in-force":"GTC","complex-order-id":77001,"complex-order-tag":"OCO::limit","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789671700000,"legs":[{"action":"Sell to Close","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]},{"id":507400004,"account-number":"5WT00000","cancellable":true,"editable":true,"edited":false,"order-type":"Stop","stop-trigger":"9.50","size":1,"status":"Live","time-in-force":"GTC","complex-order-id":77001,"complex-order-tag":"OCO::stop","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789671700000,"legs":[{"action":"Sell to Close","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]}]},"timestamp":1789671700010,"ws-sequence":12}',
  },
  {
    section: '6.4',
    from: 'S',
    text: '{"type":"AccountBalance","data":{"account-number":"5WT00000","currency":"USD","cash-balance":"1489.5","long-equity-value":"10.505","short-equity-value":"0.0","long-derivative-value":"0.0","short-derivative-value":"0.0","margin-equity":"1500.0","equity-buying-power":"2979.0","derivative-buying-power":"1489.5","day-trading-buying-power":"0.0","maintenance-requirement":"3.15","net-liquidating-value":"1500.005","pending-cash":"10.5","pending-cash-effect":"Debit","unsettled-cryptocurrency-fiat-amount":"0.0","unsettled-cryptocurrency-fiat-effect":"None","buying-power-adjustment":"0.0","buying-power-adjustment-effect":"None","snapshot-date":"2026-09-17","updated-at":"2026-09-17T18:32:28.500+00:00"},"timestamp":1789669948510,"ws-sequence":6}',
  },
  {
    section: '6.4',
    from: 'S',
    text: '{"type":"CurrentPosition","data":{"account-number":"SENTINEL-5WX00042","symbol":"AAPL","instrument-type":"Equity","underlying-symbol":"AAPL","quantity":"100","quantity-direction":"Long","close-price":"100.0","average-open-price":"99.5","multiplier":1,"cost-effect":"Debit","is-suppressed":false,"is-frozen":false,"restricted-quantity":"0","realized-day-gain":"0.0","realized-today":"0.0","created-at":"2026-08-01T14:30:00.000+00:00","updated-at":"2026-08-03T14:30:00.000+00:00"},"timestamp":1688595114405}',
  },
  {
    section: '6.4',
    from: 'S',
    text: '{"type":"CurrentPosition","data":{"account-number":"5WT00000","symbol":"NOK","instrument-type":"Equity","underlying-symbol":"NOK","quantity":1,"quantity-direction":"Long","average-open-price":"10.505","close-price":"10.4","cost-effect":"Credit","is-frozen":false,"is-suppressed":false,"multiplier":"1.0","realized-day-gain":"0.0","realized-day-gain-effect":"None","realized-day-gain-date":"2026-09-17","realized-today":"0.0","realized-today-effect":"None","realized-today-date":"2026-09-17","restricted-quantity":0,"created-at":"2026-09-17T18:32:28.435+00:00","updated-at":"2026-09-17T18:32:28.490+00:00"},"timestamp":1789669948500,"ws-sequence":5}',
  },
  {
    section: '6.4',
    from: 'S',
    text: '{"type":"CurrentPosition","data":{"account-number":"5WT00000","symbol":"NOK","instrument-type":"Equity","underlying-symbol":"NOK","quantity":0,"quantity-direction":"Zero","average-open-price":"0.0","close-price":"10.4","cost-effect":"None","is-frozen":false,"is-suppressed":false,"multiplier":"1.0","realized-day-gain":"0.2","realized-day-gain-effect":"Debit","realized-day-gain-date":"2026-09-17","realized-today":"0.2","realized-today-effect":"Debit","realized-today-date":"2026-09-17","restricted-quantity":0,"created-at":"2026-09-17T18:32:28.435+00:00","updated-at":"2026-09-17T19:30:00.000+00:00"},"timestamp":1789673400010,"ws-sequence":20}',
  },
  {
    section: '6.4',
    from: 'S',
    text: '{"type":"TradingStatus","data":{"account-number":"5WT00000","day-trade-count":0,"equities-margin-calculation-type":"Reg T","fee-schedule-name":"default","futures-margin-rate-multiplier":"0.0","has-intraday-equities-margin":false,"id":15,"is-aggregated-at-clearing":false,"is-closed":false,"is-closing-only":false,"is-cryptocurrency-enabled":true,"is-frozen":false,"is-full-equity-margin-required":false,"is-futures-closing-only":false,"is-futures-intra-day-enabled":false,"is-futures-enabled":true,"is-in-day-trade-equity-maintenance-call":false,"is-in-margin-call":false,"is-pattern-day-trader":false,"is-small-notional-futures-intra-day-enabled":false,"is-roll-the-day-forward-enabled":true,"are-far-otm-net-options-restricted":true,"options-level":"No Restrictions","short-calls-enabled":true,"small-notional-futures-margin-rate-multiplier":"0.0","is-equity-offering-enabled":false,"is-equity-offering-closing-only":false,"updated-at":"2026-06-29T20:51:57.617+00:00"},"timestamp":1789670000000,"ws-sequence":13}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"type":"PublicWatchlists","data":{"name":"High Options Volume","group-name":"tastytrade","order-index":3,"cms-id":"blt-high-options-volume","watchlist-entries":[{"symbol":"AAPL","instrument-type":"Equity"},{"symbol":"/ES","instrument-type":"Future"}]},"timestamp":1688595114405}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"type":"QuoteAlert","data":{"alert-external-id":"alert-1","user-external-id":"SENTINEL-U0001","symbol":"AAPL","dx-symbol":"AAPL","instrument-type":"Equity","field":"Last","operator":">","threshold":"200.00","threshold-numeric":200.0,"provider":"dxfeed","created-at":"2026-08-01T12:00:00.000+00:00","triggered-at":"2026-08-03T14:30:00.000-04:00","completed-at":"2026-08-03T14:30:00.100-04:00","expires-at":"1788595114405"},"timestamp":1688595114405}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"type":"QuoteAlert","data":{"alert-external-id":"alert-2","user-external-id":"U0001","symbol":"/ESZ6","dx-symbol":"/ESZ26:XCME","field":"Bid","operator":"<","threshold":"5900","threshold-numeric":5900,"created-at":"2026-09-17T12:00:00.000+00:00","triggered-at":"2026-09-17T18:40:00.000+00:00","completed-at":"2026-09-17T18:40:00.050+00:00","expires-at":1797465600000},"timestamp":1789670400060,"ws-sequence":14}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"type":"UnderlyingYearGainSummary","data":{"year":"2026","account-number":"5WT00000","symbol":"NOK","instrument-type":"Equity","fees":"0.02","fees-effect":"Debit","commissions":"0.0","commissions-effect":"None","yearly-realized-gain":"0.2","yearly-realized-gain-effect":"Debit","realized-lot-gain":"0.2","realized-lot-gain-effect":"Debit"},"timestamp":1789673400500,"ws-sequence":22}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"type":"ExternalTransaction","data":{"id":9001,"account-number":"5WT00000","amount":"250.0","bank-account-type":"Checking","banking-date":"2026-09-18","created-at":"2026-09-17T15:00:00.000+00:00","direction":"Deposit","disbursement-type":"ACH","ext-transfer-id":"ext-1","funds-available-date":"2026-09-21","is-cancelable":true,"is-clearing-accepted":false,"state":"Pending","transfer-method":"ach","updated-at":"2026-09-17T15:00:00.000+00:00"},"timestamp":1789657200010,"ws-sequence":1}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"type":"OrderChain","data":{"id":"12345","account-number":"5WT00000","description":"Iron Condor","underlying-symbol":"RUT","computed-data":{"open":true,"total-fees":"1.26","total-fees-effect":"Debit","total-commissions":"2.00","total-commissions-effect":"Debit","realized-gain":"0.0","realized-gain-effect":"None","roll-count":0,"opened-at":"2026-03-07T15:30:00.000+0000","last-occurred-at":"2026-03-07T15:30:00.000+0000","total-opening-cost":"2.50","total-opening-cost-effect":"Credit","open-entries":[{"symbol":"RUT   260320P02050000","instrument-type":"Equity Option","quantity":"1","quantity-type":"Short","quantity-numeric":"-1"}]},"lite-nodes-sizes":1,"lite-nodes":[{"node-type":"order","id":"node-1","description":"Iron Condor","occurred-at":"2026-03-07T15:30:00.000+0000","gcd-quantity":"1","fill-cost-per-quantity":"2.50","fill-cost-per-quantity-effect":"Credit","order-fill-count":1,"roll":false,"legs":[{"symbol":"RUT   260320P02050000","instrument-type":"Equity Option","action":"Sell to Open","fill-quantity":"1","order-quantity":"1"}],"entries":[]}]},"timestamp":1789670500000,"ws-sequence":15}',
  },
  {
    section: '6.5',
    from: 'S',
    text: '{"results":[{"type":"CurrentPosition","data":{"account-number":"5WT00000","symbol":"NOK","quantity":1,"quantity-direction":"Long"},"timestamp":1789669948500},{"type":"AccountBalance","data":{"account-number":"5WT00000","cash-balance":"1489.5"},"timestamp":1789669948510}]}',
  },
  {
    section: '7',
    from: 'C',
    text: '{"action":"connect","value":["5WT00000"],"auth-token":"Bearer at-1","request-id":1}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"connect","web-socket-session-id":"c8531fa0","value":["5WT00000"],"request-id":1}',
  },
  { section: '7', from: 'C', text: '{"action":"quote-alerts-subscribe","auth-token":"Bearer at-1","request-id":2}' },
  {
    section: '7',
    from: 'C',
    text: '{"action":"public-watchlists-subscribe","auth-token":"Bearer at-1","request-id":3}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"quote-alerts-subscribe","web-socket-session-id":"c8531fa0","request-id":2}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"public-watchlists-subscribe","web-socket-session-id":"c8531fa0","request-id":3}',
  },
  { section: '7', from: 'C', text: '{"action":"heartbeat","auth-token":"Bearer at-1","request-id":4}' },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"heartbeat","web-socket-session-id":"c8531fa0","request-id":4}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"type":"Order","data":{"id":1,"account-number":"5WT00000","status":"Routed","updated-at":1789669948413,"legs":[{"symbol":"NOK","quantity":1,"remaining-quantity":1,"fills":[]}]},"timestamp":1789669948424,"ws-sequence":2}',
  },
  {
    section: '7',
    from: 'C',
    text: '{"action":"connect","value":["5WT00000"],"auth-token":"Bearer at-2","request-id":5}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"connect","web-socket-session-id":"9ab011d2","value":["5WT00000"],"request-id":5}',
  },
  { section: '7', from: 'C', text: '{"action":"quote-alerts-subscribe","auth-token":"Bearer at-2","request-id":6}' },
  {
    section: '7',
    from: 'C',
    text: '{"action":"public-watchlists-subscribe","auth-token":"Bearer at-2","request-id":7}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"quote-alerts-subscribe","web-socket-session-id":"9ab011d2","request-id":6}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"status":"ok","action":"public-watchlists-subscribe","web-socket-session-id":"9ab011d2","request-id":7}',
  },
  {
    section: '7',
    from: 'S',
    text: '{"type":"AccountBalance","data":{"account-number":"5WT00000","cash-balance":"1489.5","pending-cash":"10.5","pending-cash-effect":"Debit"},"timestamp":1789669990000,"ws-sequence":2}',
  },
];

/** The taker's side, where the venue tells the maker's. */
export const takerOf = (maker: 'buy' | 'sell'): 'buy' | 'sell' => (maker === 'buy' ? 'sell' : 'buy');

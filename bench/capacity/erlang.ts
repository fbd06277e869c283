/** Share of calls refused when `offered` Erlangs come to `servers` places and nobody waits (Erlang B). */
export function erlangB(offered: number, servers: number): number {
  let refused = 1;
  for (let place = 1; place <= servers; place++) refused = (offered * refused) / (place + offered * refused);
  return refused;
}

/** Share of calls that wait when all do so for as long as it takes (Erlang C); 1 when more is offered than there are places. */
export function erlangC(offered: number, servers: number): number {
  if (offered >= servers) return 1;
  const refused = erlangB(offered, servers);
  return refused / (1 - (offered / servers) * (1 - refused));
}

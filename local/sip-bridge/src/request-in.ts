import type { Dialog, Peer, SipEndpoint, SipHeaders, SipResponse } from '@vestibule/local-telephony';

/**
 * Sends a request in a dialog: its final response, or undefined after a time-out. `source`: where to send it when the
 * dialog itself does not say.
 */
export function requestIn(
  dialog: Dialog,
  endpoint: SipEndpoint,
  source: Peer,
  [method, headers]: [string, SipHeaders],
): Promise<SipResponse | undefined> {
  return new Promise((resolve) => {
    endpoint.request(dialog.request(method, headers), dialog.nextHop() ?? source, {
      onFinal: resolve,
      onTimeout: () => resolve(undefined),
    });
  });
}

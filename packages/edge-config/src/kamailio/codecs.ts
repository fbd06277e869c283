import type { Config } from '@vestibule/config';

/** Codecs that a carrier may offer and LiveKit SIP does not speak. Nothing at all is rendered where no carrier has any. */

/** What LiveKit SIP gets instead, whatever the carrier speaks. */
const inward = 'PCMU';

/** Flags of RTPEngine's for a carrier's offers: its codecs are kept from LiveKit SIP, PCMU is offered in their place. */
export const transcodeFlags = (codecs: readonly string[]): string =>
  [...codecs.map((codec) => `codec-mask-${codec}`), `codec-transcode-${inward}`].join(' ');

export const transcodes = ({ carriers }: Config): boolean =>
  carriers.some(({ transcode }) => transcode.length > 0);

/** In an offer's flags, after `codecStep`. */
export const codecFlags = (config: Config): string => (transcodes(config) ? ' $var(codecs)' : '');

/** Looks up what becomes of the codecs of this carrier's offer. */
export const codecStep = (config: Config, indent: string): string =>
  transcodes(config)
    ? `${indent}# Codecs that LiveKit SIP does not speak become ${inward}.
${indent}$var(codecs) = "";
${indent}if ($sht(transcode=>$avp(carrier)) != $null) $var(codecs) = $sht(transcode=>$avp(carrier));
`
    : '';

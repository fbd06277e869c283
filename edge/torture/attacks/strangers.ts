import { setTimeout as delay } from 'node:timers/promises';
import { audioSdp } from '../../test/sip-peer.ts';
import { type Ground, happens, isInward, sendRequest, textsOf } from './ground.ts';

/** What a stranger tries, and whether it worked. */
export interface Attack {
  name: string;
  succeeds(ground: Ground): Promise<boolean>;
}

const number = '+15550100100';

/** The number at the target, as a stranger would call it. */
const numberAt = ({ target }: Ground) => `sip:${number}@${target.addresses.edgePublic}`;

function attack(ground: Ground, method: string, uri: string, headers: string[] = []): string {
  const { attacker, target } = ground;
  const body = method === 'INVITE' ? audioSdp(attacker.address, 30000) : '';
  return sendRequest(attacker, target.addresses.edgePublic, { method, uri, headers, body });
}

const hasAnswer = (ground: Ground, code: RegExp) =>
  happens(() => textsOf(ground.attacker).some((text) => code.test(text)));

/** Outside any call, to a number that is served: the request arrives, or somebody says yes. */
const outOfDialog = (method: string): Attack => ({
  name: `${method} outside a call`,
  succeeds: async (ground) => {
    const callId = attack(ground, method, numberAt(ground), ['Refer-To: <sip:+19005550100@example.com>']);
    return (
      (await happens(() => isInward(ground.target, callId))) || (await hasAnswer(ground, /^SIP\/2\.0 2/))
    );
  },
});

const snareUri = ({ snare }: Ground) => `sip:x@${snare.address}:${snare.port}`;
const isSnared = (ground: Ground) =>
  happens(() => textsOf(ground.snare).some((text) => /^(INVITE|BYE|MESSAGE) /.test(text)));

function register(ground: Ground, expires: number): void {
  const { attacker, target } = ground;
  const uri = `sip:${target.addresses.edgePublic}`;
  const address = `<sip:${number}@${target.addresses.edgePublic}>`;
  const contact = `Contact: <${snareUri(ground)}>;expires=${expires}`;
  sendRequest(
    attacker,
    target.addresses.edgePublic,
    { method: 'REGISTER', uri, from: `${address};tag=r`, to: address },
    (text) => text.replace(/^Contact: .*$/m, contact),
  );
}

/** `count` INVITEs at 1,000 a second. */
const flood = (count: number): Attack => ({
  name: `flood of ${count} INVITEs`,
  succeeds: async (ground) => {
    const began = performance.now();
    for (let sent = 0; sent < count; sent++) {
      attack(ground, 'INVITE', numberAt(ground));
      if (sent % 10 === 0) await delay(Math.max(0, began + sent - performance.now()));
    }
    return hasAnswer(ground, /^SIP\/2\.0/);
  },
});

/** The usual kinds, from an address that nobody has allowed. */
export const attacks = (floodOf: number): readonly Attack[] => [
  {
    name: 'version disclosure',
    succeeds: (ground) => {
      attack(ground, 'OPTIONS', `sip:${ground.target.addresses.edgePublic}`);
      return hasAnswer(ground, /^(Server|User-Agent):/im);
    },
  },
  {
    name: 'scanner',
    succeeds: (ground) => {
      const { edgePublic } = ground.target.addresses;
      for (const user of ['100', '101', '1000', number])
        attack(ground, 'INVITE', `sip:${user}@${edgePublic}`, ['User-Agent: friendly-scanner']);
      return hasAnswer(ground, /^SIP\/2\.0/);
    },
  },
  {
    name: 'rogue REGISTER',
    succeeds: async (ground) => {
      register(ground, 60);
      const registered = await hasAnswer(ground, /^SIP\/2\.0 200/);
      register(ground, 0);
      return registered;
    },
  },
  {
    name: 'hijack by a planted contact',
    succeeds: async (ground) => {
      const { carrier, target } = ground;
      register(ground, 60);
      await hasAnswer(ground, /^SIP\/2\.0 200/);
      const body = audioSdp(carrier.address, 30000);
      sendRequest(carrier, target.addresses.edgePublic, { method: 'INVITE', uri: numberAt(ground), body });
      const snared = await isSnared(ground);
      register(ground, 0);
      return snared;
    },
  },
  outOfDialog('REFER'),
  outOfDialog('MESSAGE'),
  {
    name: 'relay by a forged in-dialog request',
    succeeds: (ground) => {
      const { attacker, target } = ground;
      sendRequest(attacker, target.addresses.edgePublic, {
        method: 'BYE',
        uri: snareUri(ground),
        to: `<${numberAt(ground)}>;tag=SCL_1`,
        headers: [`Route: <sip:${target.addresses.edgePublic};lr>`],
      });
      return isSnared(ground);
    },
  },
  {
    name: 'relay of a call to elsewhere',
    succeeds: (ground) => {
      attack(ground, 'INVITE', snareUri(ground));
      return isSnared(ground);
    },
  },
  {
    name: 'loop',
    succeeds: async (ground) => {
      const { attacker, target } = ground;
      const body = audioSdp(attacker.address, 30000);
      const invite = { method: 'INVITE', uri: numberAt(ground), body };
      const callId = sendRequest(attacker, target.addresses.edgePublic, invite, (text) =>
        text.replace(/^Max-Forwards: .*$/m, 'Max-Forwards: 0'),
      );
      return happens(() => isInward(target, callId));
    },
  },
  {
    name: 'malformed request',
    succeeds: async (ground) => {
      const { attacker, target } = ground;
      const body = audioSdp(attacker.address, 30000);
      const invite = { method: 'INVITE', uri: numberAt(ground), body };
      const callId = sendRequest(attacker, target.addresses.edgePublic, invite, (text) =>
        text.replace(/^CSeq: .*$/m, 'CSeq: 1 BYE'),
      );
      return happens(() => isInward(target, callId));
    },
  },
  flood(floodOf),
];

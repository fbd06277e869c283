import type { Config } from '@vestibule/config';
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The keys of a deployment. All outlive the stack: what they encrypted or signed must stay readable and verifiable. */
export class KeysStack extends Stack {
  /** Encrypts stores, secrets, archive and disks. */
  readonly data: kms.Key;
  /** Encrypts log groups. */
  readonly logs: kms.Key;
  /** Wraps the keys of calls, through which a caller's data is erased. */
  readonly calls: kms.Key;
  /** Signs the roots and checkpoints of the calls' logs. */
  readonly signing: kms.Key;

  constructor(scope: Construct, id: string, { record }: Pick<Config, 'record'>, props: StackProps) {
    super(scope, id, props);
    this.data = this.#key('Data', 'stores, secrets, archive, disks');
    this.logs = this.#key('Logs', 'log groups');
    this.logs.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${this.region}.amazonaws.com`));
    // A replica in another region opens the records that are replicated there.
    this.calls = this.#key('Calls', "wraps the calls' keys", true);
    this.signing = new kms.Key(this, 'Signing', {
      description: 'vestibule: signs roots and checkpoints',
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#name(this.calls, record.dataKey);
    this.#name(this.signing, record.signingKey);
  }

  #key(id: string, what: string, multiRegion = false): kms.Key {
    return new kms.Key(this, id, {
      description: `vestibule: ${what}`,
      enableKeyRotation: true,
      multiRegion,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** A name that is no alias is of a key that somebody else keeps. */
  #name(key: kms.Key, name: string): void {
    if (name.startsWith('alias/')) key.addAlias(name);
  }
}

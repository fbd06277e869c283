import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 section 2.1, over leaf hashes. Hashes are 32 bytes; leaf and node hashing differ
 * in their first byte, so that no node can be passed off as a leaf.
 */
export function leafHash(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(leafPrefix).update(data).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);

/** MTH of the leaves; of none, the hash of nothing. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const tree = new MerkleFrontier();
  for (const leaf of leaves) tree.push(leaf);
  return tree.root;
}

/** The right edge of a growing tree: appending and its root cost O(log n), whatever the number of leaves. */
export class MerkleFrontier {
  /** Roots of the full subtrees, the largest first, as the binary digits of `size` say. */
  readonly #peaks: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get root(): Buffer {
    const last = this.#peaks.at(-1);
    if (!last) return createHash('sha256').digest();
    return this.#peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }

  push(leaf: Buffer): void {
    let node = leaf;
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2) {
      node = nodeHash(this.#peaks.pop()!, node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }
}

/** PATH(m, D[n]): what proves that leaf `index` is in the tree. @throws RangeError */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index} of ${leaves.length}`);
  if (leaves.length === 1) return [];
  const cut = split(leaves.length);
  const [left, right] = [leaves.slice(0, cut), leaves.slice(cut)];
  return index < cut
    ? [...inclusionProof(left, index), merkleRoot(right)]
    : [...inclusionProof(right, index - cut), merkleRoot(left)];
}

/** PROOF(m, D[n]): what proves that the tree of the first `size` leaves is the beginning of this one. @throws RangeError */
export function consistencyProof(leaves: readonly Buffer[], size: number): Buffer[] {
  if (size < 1 || size > leaves.length) throw new RangeError(`no tree of ${size} within ${leaves.length}`);
  return subProof(leaves, size, true);
}

function subProof(leaves: readonly Buffer[], size: number, whole: boolean): Buffer[] {
  if (size === leaves.length) return whole ? [] : [merkleRoot(leaves)];
  const cut = split(leaves.length);
  const [left, right] = [leaves.slice(0, cut), leaves.slice(cut)];
  return size <= cut
    ? [...subProof(left, size, whole), merkleRoot(right)]
    : [...subProof(right, size - cut, false), merkleRoot(left)];
}

/** The largest power of two below `size`. */
function split(size: number): number {
  let cut = 1;
  while (cut * 2 < size) cut *= 2;
  return cut;
}

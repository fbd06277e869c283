import { nodeHash } from './tree.ts';

/** True when `proof` leads from leaf `index` of a tree of `size` leaves to `root` (RFC 9162 section 2.1.3.2). */
export function isIncluded(
  leaf: Buffer,
  { index, size, proof, root }: { index: number; size: number; proof: readonly Buffer[]; root: Buffer },
): boolean {
  if (index < 0 || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && hash.equals(root);
}

export interface TreeHead {
  size: number;
  root: Buffer;
}

/** True when the tree `older` is the beginning of `newer` (RFC 9162 section 2.1.4.2). */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: readonly Buffer[]): boolean {
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // A full older tree is itself a node of the newer one, and need not be named.
  const [seed, ...rest] = node === 0 ? [older.root, ...proof] : proof;
  if (!seed) return false;
  let [oldHash, newHash] = [seed, seed];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && oldHash.equals(older.root) && newHash.equals(newer.root);
}

const half = (value: number) => Math.floor(value / 2);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consistencyProof, inclusionProof, leafHash, merkleRoot, MerkleFrontier } from './tree.ts';
import { isConsistent, isIncluded } from './verify.ts';

const hex = (buffer: Buffer) => buffer.toString('hex');

// The eight leaves and roots that Certificate Transparency's own implementations test with (RFC 6962, D[0] to D[7]).
const data = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = data.map((one) => leafHash(Buffer.from(one, 'hex')));

test('roots are those of RFC 6962’s reference vectors', () => {
  assert.equal(hex(merkleRoot([])), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const frontier = new MerkleFrontier();
  for (const [index, root] of roots.entries()) {
    frontier.push(leaves[index]!);
    assert.equal(hex(frontier.root), root);
    assert.equal(frontier.size, index + 1);
  }
});

test('an inclusion path is the reference’s', () => {
  assert.deepEqual(inclusionProof(leaves.slice(0, 8), 0).map(hex), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ]);
});

test('every leaf of every tree is proven in it, and nowhere else', () => {
  const many = Array.from({ length: 33 }, (_, index) => leafHash(String(index)));
  for (let size = 1; size <= many.length; size++) {
    const root = merkleRoot(many.slice(0, size));
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(many.slice(0, size), index);
      assert.ok(isIncluded(many[index]!, { index, size, proof, root }), `${index} of ${size}`);
      assert.ok(!isIncluded(leafHash('x'), { index, size, proof, root }));
      assert.ok(!isIncluded(many[index]!, { index: index + 1, size, proof, root }));
      assert.ok(!isIncluded(many[index]!, { index, size, proof: [...proof, root], root }));
    }
  }
});

test('every tree is proven to begin every later one, and no other', () => {
  const many = Array.from({ length: 33 }, (_, index) => leafHash(String(index)));
  const head = (size: number) => ({ size, root: merkleRoot(many.slice(0, size)) });
  for (let newer = 1; newer <= many.length; newer++) {
    for (let older = 1; older <= newer; older++) {
      const proof = consistencyProof(many.slice(0, newer), older);
      assert.ok(isConsistent(head(older), head(newer), proof), `${older} in ${newer}`);
      assert.ok(!isConsistent({ size: older, root: leafHash('x') }, head(newer), proof));
      assert.ok(!isConsistent(head(older), { size: newer, root: leafHash('x') }, proof));
    }
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareReadBack } from './read-back.ts';

test('a read-back agrees with slips, differs with other numbers, and agrees with a name heard', () => {
  const date = 'march third nineteen eighty five';
  assert.equal(compareReadBack('i heard march third nineteen eighty five is that right', date), 'agrees');
  assert.equal(compareReadBack("i heard that they're in nineteen eighty five", date), 'unsure');
  assert.equal(compareReadBack('i heard june tenth nineteen ninety two', date), 'differs');
  assert.equal(compareReadBack('i have ruth alvarez is that right', 'ruth alvarez'), 'agrees');
  const phone = 'five five five zero one zero zero one two three';
  assert.equal(compareReadBack('five five five zero one zero zero one two tree', phone), 'agrees');
  assert.equal(compareReadBack('four four six eight seven nine eight six seven four', phone), 'differs');
});

test('a spelled name is compared by its letters, those that sound alike as one', () => {
  assert.equal(
    compareReadBack('i have ruth alvarez r u t h a l v a r e z is that right', 'Ruth Alvarez'),
    'agrees',
  );
  assert.equal(compareReadBack('i have ruth r u d h a l b a r e c is that right', 'Ruth Alvarez'), 'agrees');
  assert.equal(
    compareReadBack('i have root olson r o o t o l s o n is that right', 'Ruth Alvarez'),
    'differs',
  );
  assert.equal(compareReadBack('i have a visit is that right', 'Ruth Alvarez'), 'unsure');
  assert.equal(
    compareReadBack('i have group miller r u t h m i l l yard is that right', 'Ruth Miller'),
    'agrees',
  );
  assert.equal(
    compareReadBack('i have ruth wheeler r u t h w h e e l e r is that right', 'Ruth Miller'),
    'differs',
  );
});

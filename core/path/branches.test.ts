import { describe, expect, it } from 'vitest';
import { branchesOf, type BranchFacts } from './branches.ts';

/** `step life lane>to` of each hop. */
function hops(text: string): BranchFacts[] {
  return text.split(',').map((hop) => {
    const [step, life, lanes] = hop.trim().split(' ');
    const [lane, to] = lanes.split('>').map(Number);
    return { step: step as BranchFacts['step'], life: Number(life), lane, to: lanes.includes('>') ? to : -1 };
  });
}

describe('where hops come from', () => {
  it('is the hop before, along one way', () => {
    const straight = 'frame -1 0, received 7 1, frame -1 1, routed 7 1>2, frame -1 1>2, delivered 7 2, frame -1 2';
    expect(branchesOf(hops(straight))).toEqual([-1, 0, 1, 2, 3, 4, 5]);
  });

  it('is the hop in front of routing for every destination, then the branch of its own NIC', () => {
    const broadcast =
      'received 7 1, routed 7 1>2, routed 7 1>3, routed 7 1>4, delivered 7 2, delivered 7 3, frame -1 2, delivered 7 4, frame -1 4';
    expect(branchesOf(hops(broadcast))).toEqual([-1, 0, 0, 0, 1, 2, 4, 3, 7]);
  });

  it('goes on where an NBL is delivered without having been routed', () => {
    expect(branchesOf(hops('received 7 1, delivered 7 2'))).toEqual([-1, 0]);
    expect(branchesOf(hops('frame -1 0'))).toEqual([-1]);
  });
});

/**
 * Boolean algebra over leaves of any kind. The constructors fold constants and put the cheapest child first, so whoever
 * evaluates a tree from left to right meets the costly leaves with the fewest rows left. Plain data.
 */
export type Logic<Leaf> =
  | { readonly kind: 'constant'; readonly value: boolean; readonly cost: 0 }
  | { readonly kind: 'not'; readonly child: Logic<Leaf>; readonly cost: number }
  | { readonly kind: 'and' | 'or'; readonly children: readonly Logic<Leaf>[]; readonly cost: number }
  | { readonly kind: 'leaf'; readonly leaf: Leaf; readonly cost: number };

export function constant(value: boolean): Logic<never> {
  return { kind: 'constant', value, cost: 0 };
}

/** `cost` is a rough time per row; a masked comparison of one column is 1. */
export function leafOf<Leaf>(leaf: Leaf, cost: number): Logic<Leaf> {
  return { kind: 'leaf', leaf, cost };
}

export function not<Leaf>(child: Logic<Leaf>): Logic<Leaf> {
  if (child.kind === 'constant') return constant(!child.value);
  if (child.kind === 'not') return child.child;
  return { kind: 'not', child, cost: child.cost };
}

/** All of them; of none: true. */
export function all<Leaf>(children: readonly Logic<Leaf>[]): Logic<Leaf> {
  return combined('and', children);
}

/** Any of them; of none: false. */
export function any<Leaf>(children: readonly Logic<Leaf>[]): Logic<Leaf> {
  return combined('or', children);
}

/** The children of an `and` (or `or`) at the top, else the node itself. */
export function operandsOf<Leaf>(kind: 'and' | 'or', node: Logic<Leaf>): readonly Logic<Leaf>[] {
  return node.kind === kind ? node.children : [node];
}

/** The same tree over other leaves, folded again: a leaf may turn out constant. */
export function replaceLeaves<From, To>(node: Logic<From>, replace: (leaf: From) => Logic<To>): Logic<To> {
  switch (node.kind) {
    case 'constant':
      return node;
    case 'not':
      return not(replaceLeaves(node.child, replace));
    case 'and':
      return all(node.children.map((child) => replaceLeaves(child, replace)));
    case 'or':
      return any(node.children.map((child) => replaceLeaves(child, replace)));
    case 'leaf':
      return replace(node.leaf);
  }
}

/** All leaves, from left to right. */
export function* leavesOf<Leaf>(node: Logic<Leaf>): Generator<Leaf> {
  switch (node.kind) {
    case 'constant':
      return;
    case 'not':
      yield* leavesOf(node.child);
      return;
    case 'and':
    case 'or':
      for (const child of node.children) yield* leavesOf(child);
      return;
    case 'leaf':
      yield node.leaf;
  }
}

function combined<Leaf>(kind: 'and' | 'or', children: readonly Logic<Leaf>[]): Logic<Leaf> {
  const neutral = kind === 'and';
  const operands = children
    .flatMap((child) => operandsOf(kind, child))
    .filter((child) => child.kind !== 'constant' || child.value !== neutral);
  if (operands.some((child) => child.kind === 'constant')) return constant(!neutral);
  if (operands.length === 0) return constant(neutral);
  if (operands.length === 1) return operands[0];
  operands.sort((first, second) => first.cost - second.cost);
  return { kind, children: operands, cost: operands.reduce((sum, child) => sum + child.cost, 0) };
}

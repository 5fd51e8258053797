import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

/** Takes PowerShell apart by tree-sitter's grammar; gives what is no PowerShell, with its line. */
export async function powerShellChecker(): Promise<(script: string) => string[]> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (script) => {
    const tree = parser.parse(script);
    if (!tree) throw new Error('The grammar gave no tree.');
    const faults = tree.rootNode.hasError ? faultsIn(tree.rootNode) : [];
    tree.delete();
    return faults;
  };
}

function faultsIn(node: Node): string[] {
  if (node.isError || node.isMissing) return [`line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`];
  return node.children.flatMap((child) => (child.hasError ? faultsIn(child) : []));
}

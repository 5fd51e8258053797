/** How the keyboard moves in menus, after the patterns for menu bars of the ARIA Authoring Practices Guide. */

/** The item that a typed letter means: the next one behind `from`, in a circle, whose label begins with it. */
export function typedItem(letter: string, labels: readonly string[], from: number): number | undefined {
  const wanted = letter.toLowerCase();
  for (let step = 1; step <= labels.length; step++) {
    const index = (from + step) % labels.length;
    if (labels[index].toLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}

/** The menu that an arrow key leads to, in a circle; undefined for other keys. */
export function neighbourMenu(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    default:
      return undefined;
  }
}

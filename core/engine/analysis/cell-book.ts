import { ipv4Text, ipv6At, macAt, parseIpv4, parseIpv6, parseMac } from '../../base/address.ts';
import { WordInterner } from '../../base/word-interner.ts';
import type { LayerValue } from '../../packet/layer.ts';
import { orderKey } from './value-order.ts';

/** What a row has in a column, for all rows that show the same text there. */
export interface Cell {
  readonly text: string;
  /** What is compared: of several values the first. */
  readonly value: LayerValue;
  /** Of several values their order keys. */
  readonly several: readonly string[] | undefined;
  /** Rows that show this text have other values too. */
  isAmbiguous: boolean;
  /** Number that whoever reads the column gives it. */
  code: number;
}

/** A number stands for itself; its text is read when it is shown. */
export type CellContent = Cell | number | undefined;

/** Stands where only the message tells what a row has in a column. */
export const unread: Cell = { text: '', value: '', several: undefined, isAmbiguous: false, code: -1 };

/**
 * Cells of one column in one segment, by what the segment's columns tell of an event (its number inside); `unread` where they
 * do not.
 */
export type SegmentCells = (index: number, row: number) => CellContent;

/** Gives each text of a column one cell, for as long as some rows are read. */
export class CellBook {
  private readonly byText = new Map<string, Cell>();
  private readonly ipv4Addresses = new WordInterner(1);
  private readonly ipv4Cells: Cell[] = [];

  of(text: string, value: LayerValue, several?: readonly string[]): Cell {
    const known = this.byText.get(text);
    if (!known) {
      const cell: Cell = { text, value, several, isAmbiguous: false, code: -1 };
      this.byText.set(text, cell);
      return cell;
    }
    if (!isSame(known.value, value)) known.isAmbiguous = true;
    return known;
  }

  /** Of a text of the grid, which may be an address. */
  ofGridText(text: string): Cell {
    return this.byText.get(text) ?? this.of(text, addressBytes(text) ?? text);
  }

  ipv4(address: number): Cell {
    this.ipv4Addresses.key[0] = address;
    const number = this.ipv4Addresses.intern();
    if (number === this.ipv4Cells.length) {
      const bytes = Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address);
      this.ipv4Cells.push(this.of(ipv4Text(address), bytes));
    }
    return this.ipv4Cells[number];
  }

  /** `addresses` has one behind the other. */
  ipv6(addresses: Uint8Array, index: number): Cell {
    return this.of(ipv6At(addresses, index * 16), addresses.slice(index * 16, index * 16 + 16));
  }

  mac(bytes: Uint8Array, offset: number): Cell {
    return this.of(macAt(bytes, offset), bytes.slice(offset, offset + 6));
  }
}

function isSame(one: LayerValue, other: LayerValue): boolean {
  return one === other || (typeof one === 'object' && typeof other === 'object' && orderKey(one) === orderKey(other));
}

/** The bytes of an address in any of its spellings; undefined of other texts. */
export function addressBytes(text: string): Uint8Array | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 === undefined) return parseMac(text) ?? parseIpv6(text);
  return Uint8Array.of(ipv4 >>> 24, ipv4 >>> 16, ipv4 >>> 8, ipv4);
}

import type { LayerValue } from '../packet/layer.ts';

/**
 * A message as a filter sees it when the columns do not decide: the layers of its packet, its event, and what the grid
 * shows of it. Made for one row, because that row is in question; whatever a test does not ask for is never decoded.
 */
export interface Message {
  /** Topmost first: the packet's layers, then the provider's event, then the record around it. */
  readonly layers: readonly MessageLayer[];
  /** What was captured of the message: the event's payload, and the whole frame where it came in several events. */
  readonly bytes: readonly Uint8Array[];
  /** Undefined where the row has nothing there. */
  column(name: MessageColumn): string | undefined;
}

export interface MessageLayer {
  readonly module: string;
  /** The message of that module, the level between it and its fields: `Segment` of TCP. */
  readonly message: string;
  readonly fields: readonly MessageField[];
}

export interface MessageField {
  readonly name: string;
  /** Undefined for what only holds other fields. */
  readonly value: LayerValue | undefined;
  /** The further values of a list. */
  readonly more?: readonly LayerValue[] | undefined;
  /** As the details show it. */
  readonly text: string;
  /** The name that a map gives the value: `Filtered VLAN`. */
  readonly label?: string | undefined;
  readonly members: readonly MessageField[];
}

/** Texts of the grid. 'TCPDiagnosis': what following the connections found; 'Diagnosis': that and all else. */
export type MessageColumn = 'Summary' | 'Source' | 'Destination' | 'ModuleName' | 'Diagnosis' | 'TCPDiagnosis';

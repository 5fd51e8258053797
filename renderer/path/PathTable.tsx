import { TriangleAlert } from 'lucide-react';
import type { PacketPath } from '../../core/engine/contract.ts';
import { formatCount } from '../format/number.ts';
import { pathStrings } from '../strings.ts';
import { hopCells, hopColumns, type HopColumn } from './hop-table.ts';

interface PathTableProps {
  paths: readonly PacketPath[];
  offsetMinutes: number;
  selectedRow: number | undefined;
  /** Absent where the table is only there to be read out. */
  onChoose?: (row: number) => void;
}

/** Columns of numbers, times and addresses. */
const codeColumns: readonly HopColumn[] = ['time', 'latency', 'nbl', 'process', 'thread', 'processor'];

/** The hops of each path as a real table. */
export function PathTable({ paths, offsetMinutes, selectedRow, onChoose }: PathTableProps) {
  return paths.map((path, index) => (
    <table key={`${index} ${path.row}`} className="path-table" data-testid="path-table">
      <caption>{path.title}</caption>
      <thead>
        <tr>
          {hopColumns.map((column) => (
            <th key={column} scope="col">
              {pathStrings.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {path.hops.map((hop, place) => {
          const cells = hopCells(hop, place, path, offsetMinutes);
          return (
            <tr
              key={place}
              data-selected={hop.row === selectedRow}
              data-drop={hop.drop !== null}
              onClick={() => onChoose?.(hop.row)}
            >
              {hopColumns.map((column) => (
                <td key={column} className={codeColumns.includes(column) ? 'code' : undefined} title={cells[column]}>
                  {column === 'latency' && hop.isSlow && <TriangleAlert size={12} aria-label={pathStrings.slow} />}
                  {column === 'message' && onChoose ? (
                    <button
                      type="button"
                      className="path-row-link"
                      aria-current={hop.row === selectedRow}
                      onClick={() => {
                        onChoose(hop.row);
                      }}
                    >
                      {formatCount(hop.row + 1)}
                    </button>
                  ) : (
                    cells[column]
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  ));
}

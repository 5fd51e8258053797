import { fileName } from '../../base/file-name.ts';
import { ExportError } from '../../export/export-error.ts';
import { packetFormats } from '../../export/packets/portion.ts';
import { componentNames } from '../component-names.ts';
import type { Contract, ExportReport, PacketFormat } from '../contract.ts';
import type { ExportJob } from '../export-job.ts';
import type { NoteDesk } from '../notes/note-desk.ts';
import { shownRows, type OpenTraces, type View } from '../open-traces.ts';
import { exportPackets } from '../packet-export.ts';
import { untilAborted } from '../shared-runs.ts';
import { exportTable } from '../table-export.ts';
import { exportText } from '../text-export.ts';
import type { TraceSources } from '../trace-sources.ts';
import type { CallOptions } from './call.ts';

/** Writes views into files. */
export class Exports {
  private readonly traces: OpenTraces;
  private readonly sources: TraceSources;
  private readonly notes: NoteDesk;

  constructor(traces: OpenTraces, sources: TraceSources, notes: NoteDesk) {
    this.traces = traces;
    this.sources = sources;
    this.notes = notes;
  }

  async export(
    { view: id, format, target, options: exportOptions = {} }: Contract['export']['params'],
    { onProgress, signal }: CallOptions<'export'>,
  ): Promise<ExportReport> {
    const view = this.traces.view(id);
    const { ordered, session, rows } = view;
    if (rows.length === 0 || !ordered) throw new ExportError(whyNothingToExport(view));
    if (ordered.complete) await untilAborted(session.names.gathered(), signal);
    const job: ExportJob = {
      pool: this.traces.pool,
      ordered,
      view: rows,
      target,
      signal,
      onProgress: (progress) => onProgress?.(progress),
    };
    return this.traces.whileInUse(ordered, () => {
      if (format === 'parquet') {
        const inputs = session.inputs.map((input) => fileName(input.path));
        return exportTable({ ...job, knowledge: this.sources.knowledge(session, ordered), inputs });
      }
      if (!isPacketFormat(format)) {
        return exportText({
          ...job,
          view: shownRows(view),
          knowledge: this.sources.knowledge(session, ordered),
          format,
        });
      }
      return exportPackets({
        ...job,
        format,
        options: exportOptions,
        components: componentNames(session, ordered.columns).descriptions,
        operatingSystem: session.inputs[0].header.operatingSystem,
        knowledge: () => this.sources.knowledge(session, ordered),
        remarks: ordered.complete ? this.notes.comments(session, ordered) : noRemarks,
      });
    });
  }
}

function isPacketFormat(format: string): format is PacketFormat {
  return Object.hasOwn(packetFormats, format);
}

function whyNothingToExport({ filter, ordered }: View): string {
  if (filter === '' && ordered && ordered.columns.events > 0)
    return 'Nothing to export: the view has no rows. No file was written.';
  return filter === ''
    ? 'Nothing to export: the trace has no events yet. No file was written.'
    : `Nothing to export: the filter "${filter}" lets no row through. No file was written.`;
}

const noRemarks: ReadonlyMap<number, string> = new Map();

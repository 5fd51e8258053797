import { describe, expect, it } from 'vitest';
import type { DiagnosisReport } from '../../core/engine/contract.ts';
import { diagnosisText } from './report-text.ts';
import { diagnosisVerdict, findingsByLevel } from './verdict.ts';

const report: DiagnosisReport = {
  findings: [
    { kind: 'dropped', level: 'error', title: 'Dropped packets', explanation: 'Given up.', packets: 1, sightings: 1 },
    { kind: 'reset', level: 'warning', title: 'Resets', explanation: 'Refused.', packets: 2, sightings: 6 },
    { kind: 'truncated', level: 'information', title: 'Cut', explanation: 'Not whole.', packets: 3, sightings: 3 },
  ],
  conversations: { tcp: 4, udp: 2, ip: 5 },
  packets: 1200,
  repeatedSightings: 340,
  components: [{ key: 'ndis:9:9', name: 'Ethernet', packets: 700 }],
};

describe('the verdict', () => {
  it('is the gravest of what was found', () => {
    expect(diagnosisVerdict(report)).toBe('error');
    expect(diagnosisVerdict({ findings: report.findings.slice(1) })).toBe('warning');
    expect(diagnosisVerdict({ findings: report.findings.slice(2) })).toBe('information');
    expect(diagnosisVerdict({ findings: [] })).toBe('good');
  });

  it('groups what was found by its level, and leaves empty levels out', () => {
    expect(findingsByLevel(report.findings).map(({ level }) => level)).toEqual(['error', 'warning', 'information']);
    expect(findingsByLevel(report.findings.slice(0, 1))).toHaveLength(1);
  });
});

it('can be copied as text with everything that the page shows', () => {
  expect(diagnosisText('host.etl', report)).toBe(
    [
      'Diagnosis of host.etl',
      'Errors were found among 1,200 packets',
      '',
      'Errors',
      '  Dropped packets: 1 packet',
      '    Given up.',
      '',
      'Warnings',
      '  Resets: 2 packets, seen 6 times',
      '    Refused.',
      '',
      'Information',
      '  Cut: 3 packets',
      '    Not whole.',
      '',
      'Packets: 1,200',
      'Repeated sightings: 340',
      'TCP conversations: 4',
      'UDP conversations: 2',
      'IP conversations: 5',
      '',
      'Where packets were seen',
      '  Ethernet: 700 packets',
      '',
    ].join('\n'),
  );
});

import { NblStep, nblStepOf } from '../../provider/vmswitch-nbl.ts';
import { vmSwitchProvider } from '../../provider/vmswitch.ts';
import type { DecodedField } from '../../schema/decode.ts';
import type { EventKind } from '../../trace/segment.ts';
import { switchNicKeys, switchObjectKeys } from './shown-things.ts';

/** Names of a vSwitch's NICs and switches, by the normal form of what events call them. Plain data: workers have it too. */
export interface SwitchNames {
  readonly nics: ReadonlyMap<string, string>;
  readonly switches: ReadonlyMap<string, string>;
}

/** Under what a NIC or switch stands in SwitchNames; empty when the text is. */
export function nicId(nicName: string): string {
  return switchNicKeys(nicName, '').at(0)?.value ?? '';
}

export function switchId(switchName: string): string {
  return switchObjectKeys(switchName, '').at(0)?.value ?? '';
}

export interface SwitchWay {
  readonly source: string;
  readonly destination: string;
}

const nowhere: SwitchWay = { source: '', destination: '' };

/**
 * Where an NBL came from and where it went, as the name book calls the places, else as the event itself does: received from a
 * NIC into a switch, routed from NIC to NIC, delivered from the switch to a NIC. Of a drop, the NIC and the switch that tell it.
 */
export function switchWay(
  { family, provider, id }: EventKind,
  fields: readonly DecodedField[],
  names: SwitchNames | undefined,
): SwitchWay {
  const step = family === 'manifest' && provider === vmSwitchProvider ? nblStepOf(id) : undefined;
  if (step === undefined) return nowhere;
  const text = (name: string): string => {
    const raw = fields.find((field) => field.name === name)?.raw;
    return typeof raw === 'string' ? raw : '';
  };
  const nic = (prefix: string): string => {
    const own = text(`${prefix}NicName`);
    return firstGiven(names?.nics.get(nicId(own)), text(`${prefix}NicFName`), own);
  };
  const named = text('SwitchName');
  const ofSwitch = firstGiven(names?.switches.get(switchId(named)), text('SwitchFName'), named);
  const [source, destination] = [firstGiven(nic(''), nic('Src')), nic('Dest')];
  if (step === NblStep.Delivered) return { source: ofSwitch, destination: source };
  return { source, destination: firstGiven(destination, ofSwitch) };
}

function firstGiven(...texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}

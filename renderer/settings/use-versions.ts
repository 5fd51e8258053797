import { useEffect, useState } from 'react';
import type { HostVersions } from '../../core/engine/host.ts';
import { useWorkspace } from '../app/use-workspace.ts';

/** What runs here; undefined until the host has told, null where it cannot. */
export function useVersions(): HostVersions | null | undefined {
  const workspace = useWorkspace();
  const [versions, setVersions] = useState<HostVersions | null>();
  useEffect(() => {
    let isWanted = true;
    const tell = (told: HostVersions | null): void => {
      if (isWanted) setVersions(told);
    };
    workspace.versions().then(tell, () => {
      tell(null);
    });
    return () => {
      isWanted = false;
    };
  }, [workspace]);
  return versions;
}

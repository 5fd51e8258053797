/** The host of the desktop's page: what the preload script exposes, which copies every argument and result. */
import type { DesktopBridge, Host } from '../core/engine/host.ts';

export function createDesktopHost(bridge: DesktopBridge): Host {
  return {
    kind: 'desktop',
    transport: { send: bridge.send, onMessage: bridge.onMessage, onClose: bridge.onClose },
    initialFiles: bridge.initialFiles,
    sampleFile: bridge.sampleFile,
    // Files stay where they are: there is nothing to transfer, nothing to cancel.
    chooseFiles: () => bridge.chooseFiles(),
    chooseManifests: () => bridge.chooseManifests(),
    chooseNames: () => bridge.chooseNames(),
    takeDropped: (files) => bridge.takeDropped(files),
    recentFiles: bridge.recentFiles,
    startNotices: bridge.startNotices,
    chooseExportTarget: bridge.chooseExportTarget,
    finishExport: bridge.finishExport,
    saveText: bridge.saveText,
    onOpenFiles: bridge.onOpenFiles,
    onCommand: bridge.onCommand,
    showMenu: bridge.showMenu,
    lastWorkspace: bridge.lastWorkspace,
    keepWorkspace: bridge.keepWorkspace,
    versions: bridge.versions,
    forgetRecent: bridge.forgetRecent,
    pinRecent: bridge.pinRecent,
    showDataFolder: bridge.showDataFolder,
    setTheme: bridge.setTheme,
    captureState: bridge.captureState,
    startCapture: bridge.startCapture,
    stopCapture: bridge.stopCapture,
    onCaptureState: bridge.onCaptureState,
  };
}

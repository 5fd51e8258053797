import type { DesktopBridge } from '../core/engine/host.ts';
import { startPage } from './app/start.tsx';
import { createDesktopHost } from './desktop-host.ts';
import { createWebHost } from './web-host.ts';

declare global {
  interface Window {
    /** Set by the desktop's preload script; absent in a browser. */
    hopscopeBridge?: DesktopBridge;
  }
}

startPage(window.hopscopeBridge ? createDesktopHost(window.hopscopeBridge) : createWebHost());

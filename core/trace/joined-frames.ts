/**
 * Frames of packets that come in several events, put together while a range is read: headers may be split anywhere, and
 * what a frame's columns say has to come from all of it. Of one origin, one packet is open at a time. A packet that goes on
 * in another range keeps what its own range has of it.
 */
export class JoinedFrames {
  private readonly frames = new Map<string, JoinedFrame>();

  begin(key: string, first: Uint8Array, outOfBandVlan: number): void {
    this.frames.set(key, new JoinedFrame(first, outOfBandVlan));
  }

  /** The frame as far as it is there, with a further fragment; undefined when none is open or it has become too long. */
  add(key: string, fragment: Uint8Array): JoinedFrame | undefined {
    const frame = this.frames.get(key);
    if (!frame || frame.length + fragment.length > longestFrame) return undefined;
    frame.append(fragment);
    return frame;
  }

  end(key: string): void {
    this.frames.delete(key);
  }
}

/** Large sends are at most 64 KiB and their headers, but for those that no header limits (IPv6 jumbograms). */
const longestFrame = 1 << 18;

export class JoinedFrame {
  /** Of a vSwitch event, the tag beside the frame; 0 for none. */
  readonly outOfBandVlan: number;
  length: number;
  private bytes: Uint8Array;
  private whole: DataView;

  constructor(first: Uint8Array, outOfBandVlan: number) {
    this.bytes = first.slice();
    this.whole = new DataView(this.bytes.buffer);
    this.length = first.length;
    this.outOfBandVlan = outOfBandVlan;
  }

  /** The frame lies in its first `length` bytes. */
  get view(): DataView {
    return this.whole;
  }

  append(fragment: Uint8Array): void {
    const length = this.length + fragment.length;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
      this.whole = new DataView(larger.buffer);
    }
    this.bytes.set(fragment, this.length);
    this.length = length;
  }
}

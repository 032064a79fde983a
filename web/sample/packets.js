// Just enough of a packet builder for the sample: Ethernet, IPv4 (RFC 791), UDP (RFC 768), TCP (RFC 9293) with options,
// and a classic pcap file with microseconds around them.

/** @typedef {{ mac: number[], ip: number[] }} Host */
/** @typedef {{ time: number, bytes: Uint8Array }} Packet  time in microseconds */

const PCAP_MAGIC = 0xa1b2c3d4;
const LINKTYPE_ETHERNET = 1;
const SNAP_LENGTH = 262144;

export const FIN = 1;
export const SYN = 2;
export const PSH = 8;
export const ACK = 16;

/** @param {number} value */
export const u16 = (value) => [(value >>> 8) & 255, value & 255];
/** @param {number} value */
export const u32 = (value) => [...u16(value >>> 16), ...u16(value & 0xffff)];
/** @param {string} text */
export const ascii = (text) => [...text].map((character) => character.charCodeAt(0));

/** The Internet checksum, RFC 1071. @param {number[]} bytes */
function checksum(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] << 8) + (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** @param {Host} from @param {Host} to @param {number} protocol @param {number[]} payload @param {number} id */
function frame(from, to, protocol, payload, id) {
  const start = [0x45, 0, ...u16(20 + payload.length), ...u16(id), 0x40, 0, 64, protocol];
  const header = [...start, ...u16(checksum([...start, 0, 0, ...from.ip, ...to.ip])), ...from.ip, ...to.ip];
  return Uint8Array.from([...to.mac, ...from.mac, 0x08, 0x00, ...header, ...payload]);
}

/** @param {Host} from @param {Host} to @param {number} protocol @param {number[]} segment */
const withPseudoHeader = (from, to, protocol, segment) =>
  checksum([...from.ip, ...to.ip, 0, protocol, ...u16(segment.length), ...segment]);

/**
 * @param {Host} from @param {number} fromPort @param {Host} to @param {number} toPort
 * @param {number[]} payload @param {number} id
 */
export function udp(from, fromPort, to, toPort, payload, id) {
  const segment = [...u16(fromPort), ...u16(toPort), ...u16(8 + payload.length), 0, 0, ...payload];
  const sum = withPseudoHeader(from, to, 17, segment);
  segment.splice(6, 2, ...u16(sum));
  return frame(from, to, 17, segment, id);
}

/**
 * @typedef {object} Segment
 * @property {number} seq
 * @property {number} ack
 * @property {number} flags
 * @property {number} window
 * @property {number[]} [options] a multiple of four bytes
 * @property {number[]} [payload]
 *
 * @param {Host} from @param {number} fromPort @param {Host} to @param {number} toPort
 * @param {Segment} segment @param {number} id
 */
export function tcp(from, fromPort, to, toPort, { seq, ack, flags, window, options = [], payload = [] }, id) {
  const length = 20 + options.length;
  const ports = [...u16(fromPort), ...u16(toPort)];
  const segment = [
    ...ports,
    ...u32(seq),
    ...u32(ack),
    (length / 4) << 4,
    flags,
    ...u16(window),
    0,
    0,
    0,
    0,
    ...options,
    ...payload,
  ];
  segment.splice(16, 2, ...u16(withPseudoHeader(from, to, 6, segment)));
  return frame(from, to, 6, segment, id);
}

/** Ethernet frames are at least 60 bytes without their check sequence. @param {Uint8Array} bytes */
function padded(bytes) {
  const whole = new Uint8Array(Math.max(60, bytes.length));
  whole.set(bytes);
  return whole;
}

/**
 * @param {Packet[]} packets in the order of their times
 * @param {number} epochSeconds when time 0 was
 */
export function pcap(packets, epochSeconds) {
  const parts = [u32(PCAP_MAGIC), u16(2), u16(4), u32(0), u32(0), u32(SNAP_LENGTH), u32(LINKTYPE_ETHERNET)].flat();
  const records = packets.map(({ time, bytes }) => {
    const data = padded(bytes);
    const seconds = epochSeconds + Math.floor(time / 1e6);
    return [...u32(seconds), ...u32(time % 1e6), ...u32(data.length), ...u32(data.length), ...data];
  });
  return Uint8Array.from([...parts, ...records.flat()]);
}

// The sample capture: a page load that never happened, between addresses kept for documentation (RFC 5737). A name is
// looked up, a connection opened, three things fetched; one segment of the last is lost and sent again; then nothing
// but keep-alives.
import { ACK, PSH, SYN, ascii, pcap, tcp, u16, u32, udp } from './packets.js';

/** @import { Host, Packet, Segment } from './packets.js' */

/** @type {Host} */
const CLIENT = { mac: [2, 0, 0, 0, 0, 0x10], ip: [192, 0, 2, 10] };
/** @type {Host} */
const RESOLVER = { mac: [2, 0, 0, 0, 0, 1], ip: [192, 0, 2, 53] };
/** @type {Host} */
const SERVER = { mac: [2, 0, 0, 0, 0, 1], ip: [198, 51, 100, 80] };
const NAME = 'www.example.edu';
const PORT = 52814;
const MSS = 1460;
const ROUND_TRIP = 23_400;
/** 2024-10-01 15:30:00 UTC */
const EPOCH = 1_727_796_600;

/** The same numbers each time, evenly from 0 to 1 (a linear congruential generator). */
function numbers() {
  let state = 20241001;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** @param {number} id @param {number} type @param {number[]} [address] an answer, when there is one */
function dns(id, type, address) {
  const name = [...NAME.split('.').flatMap((label) => [label.length, ...ascii(label)]), 0];
  const question = [...name, ...u16(type), ...u16(1)];
  const header = [
    ...u16(id),
    ...u16(address ? 0x8180 : 0x0100),
    ...u16(1),
    ...u16(address?.length ? 1 : 0),
    ...u16(0),
    ...u16(0),
  ];
  const answer = address?.length
    ? [0xc0, 0x0c, ...u16(type), ...u16(1), ...u32(3600), ...u16(address.length), ...address]
    : [];
  return [...header, ...question, ...answer];
}

/** @param {string} path */
const request = (path) => ascii(`GET ${path} HTTP/1.1\r\nHost: ${NAME}\r\nUser-Agent: sample\r\nAccept: */*\r\n\r\n`);

/** @param {string} type @param {number} length */
function response(type, length) {
  const head = ascii(
    `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: keep-alive\r\n\r\n`,
  );
  const body = Array.from({ length }, (_, i) => 97 + ((i * 7) % 26));
  return [...head, ...body];
}

class Story {
  constructor() {
    /** @type {Packet[]} */
    this.packets = [];
    this.now = 0;
    this.random = numbers();
    this.id = 0x3a10;
    /** Next sequence numbers. */
    this.client = 0x10203040;
    this.server = 0x50607080;
  }

  /** @param {Uint8Array} bytes */
  put(bytes) {
    this.packets.push({ time: Math.round(this.now), bytes });
  }

  /** Lets time pass, give or take a tenth. @param {number} microseconds */
  wait(microseconds) {
    this.now += microseconds * (0.9 + 0.2 * this.random());
  }

  /** @param {Partial<Segment>} segment */
  fromClient(segment) {
    const whole = { seq: this.client, ack: this.server, flags: ACK, window: 2058, ...segment };
    this.put(tcp(CLIENT, PORT, SERVER, 80, whole, this.id++));
    this.client += segment.payload?.length ?? 0;
  }

  /** @param {Partial<Segment>} segment */
  fromServer(segment) {
    this.put(
      tcp(
        SERVER,
        80,
        CLIENT,
        PORT,
        { seq: this.server, ack: this.client, flags: ACK, window: 501, ...segment },
        this.id++,
      ),
    );
  }

  lookUp() {
    this.put(udp(CLIENT, 40112, RESOLVER, 53, dns(0x6c41, 1), this.id++));
    this.wait(90);
    this.put(udp(CLIENT, 40112, RESOLVER, 53, dns(0x0e57, 28), this.id++));
    this.wait(8200);
    this.put(udp(RESOLVER, 53, CLIENT, 40112, dns(0x6c41, 1, SERVER.ip), this.id++));
    this.wait(640);
    this.put(udp(RESOLVER, 53, CLIENT, 40112, dns(0x0e57, 28, []), this.id++));
    this.wait(400);
  }

  connect() {
    const mss = [2, 4, ...u16(MSS)];
    const sackAndScale = [1, 1, 4, 2, 1, 3, 3, 7];
    this.fromClient({ flags: SYN, ack: 0, window: 64240, options: [...mss, ...sackAndScale] });
    this.client++;
    this.wait(ROUND_TRIP);
    this.fromServer({ flags: SYN | ACK, window: 65160, options: [...mss, ...sackAndScale] });
    this.server++;
    this.wait(60);
    this.fromClient({});
  }

  /**
   * @param {string} path @param {string} type @param {number} length
   * @param {number} [lost] the segment, counted from 0, that is lost on its way
   */
  fetch(path, type, length, lost) {
    this.wait(350);
    this.fromClient({ flags: PSH | ACK, payload: request(path) });
    this.wait(ROUND_TRIP);
    this.fromServer({});
    this.wait(1800);
    const bytes = response(type, length);
    const start = this.server;
    let window = 10;
    for (let at = 0, segment = 0, inFlight = 0; at < bytes.length; at += MSS, segment++) {
      const payload = bytes.slice(at, at + MSS);
      const last = at + MSS >= bytes.length;
      if (segment === lost) continue;
      this.fromServer({ seq: start + at, flags: last ? PSH | ACK : ACK, payload });
      const hole = lost !== undefined && segment > lost;
      this.wait(14);
      if (hole && segment <= lost + 3)
        this.duplicateAck(start + lost * MSS, start + (lost + 1) * MSS, start + at + payload.length);
      if (hole && segment === lost + 3)
        this.sendAgain(start + lost * MSS, bytes.slice(lost * MSS, (lost + 1) * MSS), start + at + payload.length);
      if (hole && segment <= lost + 3) continue;
      this.server = start + at + payload.length;
      if (segment % 2 === 1 || last) this.acknowledge();
      if (++inFlight === window && !last) {
        this.wait(ROUND_TRIP * 0.8);
        inFlight = 0;
        window *= 2;
      } else {
        this.wait(this.random() < 0.12 ? 900 : 11);
      }
    }
    this.server = start + bytes.length;
  }

  acknowledge() {
    this.wait(40);
    this.fromClient({});
  }

  /**
   * RFC 2018: the ACK stays, a block says what has come beyond the hole.
   * @param {number} ack
   * @param {number} left
   * @param {number} right
   */
  duplicateAck(ack, left, right) {
    this.fromClient({ ack, options: [1, 1, 5, 10, ...u32(left), ...u32(right)] });
    this.wait(9);
  }

  /**
   * RFC 5681 section 3.2: the third duplicate ACK brings the lost segment again.
   * @param {number} seq
   * @param {number[]} payload
   * @param {number} next
   */
  sendAgain(seq, payload, next) {
    this.wait(ROUND_TRIP);
    this.fromServer({ seq, payload });
    this.server = next;
    this.acknowledge();
    this.wait(30);
  }

  /** RFC 9293 section 3.8.4: one byte before the next, or none, asks whether the other end is still there. */
  keepAlive() {
    this.now += 45_000_000;
    this.wait(2000);
    this.fromClient({ seq: this.client - 1 });
    this.wait(ROUND_TRIP);
    this.fromServer({});
  }
}

/** @returns {Uint8Array} a pcap file */
export function makeSample() {
  const story = new Story();
  story.lookUp();
  story.connect();
  story.fetch('/', 'text/html', 11_830);
  story.fetch('/style.css', 'text/css', 6_214);
  story.fetch('/campus.jpg', 'image/jpeg', 187_450, 57);
  story.keepAlive();
  story.keepAlive();
  return pcap(story.packets, EPOCH);
}

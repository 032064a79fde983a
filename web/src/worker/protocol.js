// What the page and its worker say to each other, on one page. Both sides import these types; Comlink carries the
// calls.
//
// One worker reads one file. Ending the worker is how memory is given back, how reading is cancelled and how the next
// file begins. While a file is being read every call is answered between two chunks, from the packets read so far.
//
//   live(name)                        holds the lock of this name until the worker ends; resolves when it holds it
//   start(engine)                     the engine, packed or not; resolves with its bytes, ready for a file
//   practise(capture)                 gets the engine to its full speed, until a file is opened
//   open(file, onProgress, onWarning) reads it to the end; resolves with the final Status. Afterwards onWarning tells that
//                                     status() has another warning: the file has changed, memory did not suffice
//   view(selection, points, also)     makes `selection` the one every figure is computed for; the table shows all of it.
//                                     One call, so that all of it is of the same packets while a file is being read
//   show(name)                        narrows the table to the packets behind a figure: Shown
//   rows(first, count)                texts of the packets shown
//   timeline(selection, bins)         packets per bin of another selection; leaves the current one alone
//   percentile, groups                figures of the current selection
//   details(number, onProgress)       the tree of a packet, and its bytes; null when they are not to be had any more. A later
//                                     call ends the one before, which then resolves with null too
//   csv(onProgress), cdfCsv(kind)     exports, as Blobs
//
// A call that is refused (refusal.js) rejects with the reason and leaves all as it was; any other error of a call, an error
// outside of one and the worker's end are the same to the page: engine.js, WorkerGone.
export {};

/**
 * @typedef {{ active?: true, from_s?: number, to_s?: number }} Selection
 *   {}: every packet. {active: true}: without the idle tail. {from_s, to_s}: seconds since the first packet.
 * @typedef {'size' | 'iat'} Quantity  packet size in bytes, interarrival time in seconds
 * @typedef {'direction' | 'protocol' | 'conversation'} Grouping
 *
 * @typedef {object} Warning
 * @property {'note' | 'warning' | 'error'} severity
 * @property {string} code
 * @property {string} text  may hold text of the file
 * @property {number | null} [offset]
 * @property {number} [count]
 * @property {number} [first_packet]  then the code names the packets it concerns
 *
 * @typedef {object} Status
 * @property {'reading' | 'ready' | 'failed'} state
 * @property {'pcap' | 'pcapng' | 'csv' | 'none'} kind
 * @property {boolean} compressed  gzip around the capture or csv
 * @property {string} failure
 * @property {number} packets
 * @property {number} bytesRead  of the uncompressed file
 * @property {'absolute' | 'relative' | 'of_day'} timeBase
 * @property {{ link: string, name: string, snapLen: number }[]} interfaces
 * @property {string[]} extraColumns
 * @property {number} memory  bytes of the engine's heap
 * @property {Warning[]} warnings
 *
 * @typedef {object} Progress
 * @property {number} read   bytes of the file as it lies on the disk
 * @property {number} total
 * @property {number} packets
 *
 * @typedef {object} Describe  statistics of one quantity; a figure that cannot be known is absent
 * @property {number} count
 * @property {number} [mean]
 * @property {number} [std]
 * @property {number} [min]
 * @property {number} [q25]
 * @property {number} [median]
 * @property {number} [q75]
 * @property {number} [p90]
 * @property {number} [max]
 * @property {number} [zero]
 * @property {number} [negative]
 *
 * @typedef {object} DataRtt  data segments from one host to another, and the ACKs that came back
 * @property {string} from
 * @property {string} to
 * @property {boolean | null} network  false: the ACKs were sent by the capturing host; null: cannot be told
 * @property {number} samples
 * @property {number} min_ms
 * @property {number} median_ms
 * @property {number} max_ms
 *
 * @typedef {object} IdleTail
 * @property {number} first_packet
 * @property {number} gap_s
 * @property {number} packets
 *
 * @typedef {{ syn: number | null, syn_ack: number | null, ack: number | null }} Handshake  packet numbers
 * @typedef {{ retransmission: number, proof: number | null, why: 'duplicate_sack' | 'already_acked' | 'copy' }}
 *   Needless  a copy: the same packet was captured twice; its proof is the other one
 *
 * @typedef {object} RoundTrip
 * @property {'handshake' | 'data' | 'echo' | 'quic' | 'dns' | 'none'} method
 * @property {number} samples
 * @property {string} sentence  how it was measured, or why not
 * @property {number} handshake_count
 * @property {Handshake[]} handshakes  the first of them
 * @property {DataRtt[]} data  those with most samples first
 *
 * @typedef {object} Loss  counts are absent when there is no TCP segment
 * @property {'not lost' | 'lost in the network' | 'not visible to this capture' | 'unknown'} verdict
 * @property {string} sentence
 * @property {Needless[]} [needless]  the first of them, with what proves it
 * @property {number} [needless_count]  copies among them
 * @property {number} [copies]
 * @property {number} [out_of_order]
 * @property {number} [lost_segments]
 * @property {number} [acked_lost_segments]
 * @property {number} [duplicate_acks]
 * @property {number} [keep_alives]
 * @property {number} [keep_alive_acks]
 *
 * @typedef {object} Details
 * @property {number | null} bytes  null: no packet's size is known
 * @property {number} tcp_connections
 * @property {number} conversations
 * @property {string} [first_time]
 * @property {IdleTail | null} idle_tail
 * @property {string} idle_tail_reason
 * @property {RoundTrip} rtt
 * @property {Loss} loss
 * @property {Describe | null} size
 * @property {Describe | null} interarrival
 *
 * @typedef {Record<string, any> & { unknown: Record<string, string>, details: Details, warnings: Warning[],
 *   partial?: boolean }} Summary
 *   The figures by name, unrounded, absent when unknown; `unknown` says why. Partial: the page's own mark of a file
 *   that is still being read.
 *
 * @typedef {{ title: string, unit: string, definition: string, pandas: string }} Definition
 * @typedef {{ preamble: string, figures: Record<string, Definition> }} Definitions
 *   The preamble is Python too: it reads the open file's csv for all the other lines. `pandas` is empty where a csv
 *   does not hold what the figure takes; `definition` then ends with why.
 *
 * @typedef {object} Also  what a view brings besides
 * @property {number} percentile  0 to 100
 * @property {Grouping | ''} grouping
 * @property {{ selection: Selection, bins: number }} [timeline]
 * @property {boolean} [whole]  the summary of all packets too
 *
 * @typedef {object} View
 * @property {number} read  packets that had been read
 * @property {number} selected
 * @property {Summary} summary
 * @property {Summary} [whole]
 * @property {Record<Quantity, Float64Array>} cdf  pairs x, F(x): corners of the step function
 * @property {Record<Quantity, number>} percentiles
 * @property {Group[] | null} groups
 * @property {Timeline | null} [timeline]
 *
 * @typedef {{ from_s: number, to_s: number, packets: number[], bytes: number[] }} Timeline
 *
 * @typedef {object} Group
 * @property {string} name
 * @property {number} packets
 * @property {number | null} bytes
 * @property {Describe} [size]
 * @property {Describe} [interarrival]
 *
 * @typedef {object} TreeLine  Wireshark's: a filter name, the text shown, the bytes that it stands for
 * @property {string} name  empty for a line of text alone
 * @property {string} text
 * @property {number} pos
 * @property {number} size
 * @property {number} [source]  index in PacketDetails.sources, 0 when absent
 * @property {true} [generated]  shown in brackets
 * @property {TreeLine[]} [children]
 *
 * @typedef {object} PacketDetails
 * @property {number} number
 * @property {TreeLine[]} layers
 * @property {{ name: string, bytes: Uint8Array }[]} sources  the packet, and what was put together or decoded of several
 *
 * @typedef {object} Remote
 * @property {(name: string) => Promise<boolean>} live
 * @property {(engine: string | Uint8Array) => Promise<Uint8Array>} start
 * @property {(capture: Uint8Array) => Promise<void>} practise
 * @property {(file: Blob, onProgress: (p: Progress) => void, onWarning: () => void) => Promise<Status>} open
 * @property {() => Status} status
 * @property {(fileName: string) => Definitions} definitions  of what is read so far: final once the file is
 * @property {(selection: Selection, points: number, also: Also) => View} view
 * @property {(name: string) => number} show
 * @property {(first: number, count: number) => string[][]} rows
 * @property {(number: number) => number} positionOf
 * @property {(selection: Selection, bins: number) => Timeline | null} timeline  null: no packet
 * @property {(quantity: Quantity, p: number) => number} percentile
 * @property {(by: Grouping) => Group[] | null} groups
 * @property {(number: number, onProgress: (reached: number) => void) => Promise<PacketDetails | null>} details
 * @property {(onProgress: (done: number, total: number) => void) => Promise<Blob>} csv
 * @property {(quantity: Quantity) => Blob} cdfCsv
 */

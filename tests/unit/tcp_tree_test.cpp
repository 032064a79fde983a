// The tree of TCP: options, what only the finished trace tells, and messages that came in several segments.
#include <algorithm>

#include "catch.h"
#include "engine/connection_facts.h"
#include "messages.h"

namespace tracedrop {

namespace {

using test::octets;
using test::Octets;

/// Ethernet and IPv4 around a segment between port 50000 of 10.0.0.1 and port 80 of 10.0.0.2.
Octets segment(bool forth, uint8_t flags, uint32_t seq, uint32_t ack, const Octets& options, std::string_view data) {
  const size_t header = 20 + options.size();
  Octets frame = octets("000000000001 000000000002 0800 4500");
  const auto put = [&](uint64_t value, int bytes) {
    while (bytes-- > 0) frame.push_back(static_cast<uint8_t>(value >> (8 * bytes)));
  };
  put(20 + header + data.size(), 2), put(0x00014000, 4), put(0x4006, 2), put(0, 2);
  put(forth ? 0x0A000001 : 0x0A000002, 4), put(forth ? 0x0A000002 : 0x0A000001, 4);
  put(forth ? 50000 : 80, 2), put(forth ? 80 : 50000, 2), put(seq, 4), put(ack, 4);
  put(header / 4 << 12 | flags, 2), put(1000, 2), put(0, 4);
  frame.insert(frame.end(), options.begin(), options.end());
  frame.insert(frame.end(), data.begin(), data.end());
  return frame;
}

size_t count(const std::vector<std::string>& fields, std::string_view field) {
  return static_cast<size_t>(std::count(fields.begin(), fields.end(), field));
}

void shake_hands(test::Reading& reading) {
  reading.add(segment(true, 0x02, 999, 0, octets("020405B4 01030307"), ""));
  reading.add(segment(false, 0x12, 4999, 1000, octets("020405B4 01030302"), ""));
  reading.add(segment(true, 0x10, 1000, 5000, {}, ""));
}

}  // namespace

TEST_CASE("Options show what they say, and what is wrong with them", "[tcp][tree]") {
  test::Reading reading;
  reading.add(segment(true, 0x02, 999, 0, octets("020405B4 0303 10 01 0402 00 00"), ""));
  reading.add(segment(true, 0x10, 1000, 5000, octets("0101050A 00001390 000013A0"), ""));
  reading.add(segment(true, 0x10, 1000, 5000, octets("01010101 02030501 FD06F989 0102 0000"), ""));
  reading.add(segment(true, 0x10, 1000, 5000, octets("01010530"), ""));
  const auto syn = reading.fields(0), sack = reading.fields(1), odd = reading.fields(2), cut = reading.fields(3);
  CHECK(count(syn, "tcp.options.mss_val=1460") == 1);
  CHECK(count(syn, "tcp.options.wscale.shift=16") == 1);
  CHECK(count(syn, "tcp.options.wscale.multiplier=16384") == 1);
  CHECK(count(syn, "tcp.options.wscale.shift.invalid=") == 1);
  CHECK(count(syn, "tcp.options.sack_perm.absent=") == 0);
  CHECK(count(syn, "tcp.options.eol=") == 2);
  CHECK(count(sack, "tcp.options.sack_le=9") == 1);  // the other side counts from 4999
  CHECK(count(sack, "tcp.options.sack_re=25") == 1);
  CHECK(count(sack, "tcp.options.sack.count=1") == 1);
  CHECK(count(odd, "tcp.nop=") == 1);
  CHECK(count(odd, "tcp.options.mss.present=") == 1);
  CHECK(count(odd, "tcp.option.len.invalid=") == 1);
  CHECK(count(odd, "tcp.options.mss_val=1280") == 0);
  CHECK(count(odd, "tcp.options.tfo.cookie=0102") == 1);
  CHECK(count(cut, "tcp.option.len.invalid=") == 1);
  CHECK(count(cut, "tcp.options.sack=") == 0);
}

TEST_CASE("What the capture holds of a connection shows in its first packet already", "[tcp][tree]") {
  test::Reading reading;
  shake_hands(reading);
  reading.add(segment(true, 0x18, 1000, 5000, {}, "GET / HTTP/1.0\r\n\r\n"));
  reading.add(segment(false, 0x11, 5000, 1018, {}, ""));
  reading.add(segment(true, 0x11, 1018, 5001, {}, ""));
  CHECK(count(reading.fields(0), "tcp.completeness=31") == 1);
  CHECK(count(reading.fields(0), "tcp.window_size=1000") == 1);
  CHECK(count(reading.fields(3), "tcp.window_size=128000") == 1);
  CHECK(count(reading.fields(3), "tcp.stream.pnum=4") == 1);
  CHECK(count(reading.fields(3), "tcp.time_relative=3000000") == 1);
  CHECK(count(reading.fields(3), "tcp.nxtseq=19") == 1);
  CHECK(count(reading.fields(4), "tcp.connection.fin_active=") == 1);
  CHECK(count(reading.fields(5), "tcp.connection.fin_passive=") == 1);
}

TEST_CASE("A message of several segments is a data source with its segments listed", "[tcp][tree]") {
  test::Reading reading;
  shake_hands(reading);
  reading.add(segment(false, 0x10, 5000, 1000, {}, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123"));
  reading.add(segment(false, 0x10, 5043, 1000, {}, "45"));
  reading.add(segment(false, 0x18, 5045, 1000, {}, "6789"));
  const auto first = reading.fields(3), last = reading.fields(5);
  CHECK(count(first, "tcp.reassembled_in=6") == 1);
  CHECK(count(first, "tcp.segment.count=3") == 0);
  CHECK(count(last, "tcp.segment=4") == 1);
  CHECK(count(last, "tcp.segment=5") == 1);
  CHECK(count(last, "tcp.segment=6") == 1);
  CHECK(count(last, "tcp.segment.count=3") == 1);
  CHECK(count(last, "tcp.reassembled.length=49") == 1);
  CHECK(count(last, "tcp.segment_data=36373839") == 1);
}

TEST_CASE("Pieces of a flow are what is left when everything that touches is joined", "[tcp][tree]") {
  trace::Columns columns;
  const auto add = [&](uint32_t flow, uint32_t seq, uint16_t length, uint16_t flags) {
    trace::Row row;
    row.ts_ns = columns.size() * 10;
    row.flow = flow;
    row.seq = seq;
    row.payload_len = length;
    row.flags = static_cast<uint16_t>(flags | dissect::kIsTcp);
    columns.push(row);
  };
  add(0, 0xFFFFFFF0, 0, dissect::kSyn);
  add(1, 100, 0, dissect::kSyn | dissect::kAck);
  add(0, 0xFFFFFFF1, 0x1F, dissect::kAck);  // past the end of the numbers
  add(0, 0x20, 0x10, dissect::kAck);
  add(0, 0x40, 0x10, dissect::kAck);
  add(0, 0x10, 0x08, dissect::kAck);
  add(2, 7, 0, dissect::kAck);
  CHECK(engine::ConnectionFacts(columns).pieces_of(0) == 3);
  CHECK(engine::ConnectionFacts(columns).pieces_of(1) == 1);
  CHECK(engine::ConnectionFacts(columns).pieces_of(2) == 0);
  CHECK(engine::ConnectionFacts(columns).pieces_of(99) == 0);
  CHECK(engine::ConnectionFacts(columns).initial_rtt_ns_of(0) == 20);
  CHECK(engine::ConnectionFacts(columns).initial_rtt_ns_of(1) == 0);
  add(0, 0x18, 0x28, dissect::kAck);
  CHECK(engine::ConnectionFacts(columns).pieces_of(0) == 1);
}

}  // namespace tracedrop

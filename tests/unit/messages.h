// Messages of application protocols as packets, and what their rows show, for tests.
//
// Bytes are written as protocol documents show them: hexadecimal with text in quotes, "12 34 01 00
// 03'www'07'example'00".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dissect/dissector.h"
#include "dissect/findings.h"
#include "dissect/row.h"

namespace tracedrop::test {

using Octets = std::vector<uint8_t>;

Octets octets(std::string_view notation);
/// A text with \r, \n, \t, \\, \" and \xNN.
Octets unescape(std::string_view text);

/// Ethernet and IPv4 around a UDP payload, from 10.0.0.1 to 10.0.0.2.
Octets udp_frame(const Octets& payload, uint16_t source_port, uint16_t destination_port);

struct Shown {
  std::string protocol;
  std::string info;
  uint32_t link = 0;  ///< Row::link
  uint32_t seq = 0;   ///< Row::seq
};

/// Reads frames of Ethernet one after the other, a millisecond apart, as a capture file does; `kept` is how much of
/// each the capture kept. Checks that the Info texts of the first pass are those that are shown later.
class Reading {
 public:
  void add(const Octets& frame, size_t kept = SIZE_MAX, int64_t after_ns = 1'000'000);
  /// What the rows show when all has been read.
  std::vector<Shown> rows() const;
  Shown last() const { return rows().back(); }
  /// What the pane shows of a packet.
  dissect::Tree tree(size_t index) const;
  /// The fields of a packet as "name=value": numbers in decimal, bytes in hexadecimal.
  std::vector<std::string> fields(size_t index) const;

 private:
  struct Kept {
    Octets bytes;
    size_t wire_len;
    dissect::Row row;
    std::string first_info;
  };
  dissect::Packet packet(const Kept& kept) const;

  dissect::Findings findings_;
  dissect::Dissector dissector_{findings_};
  std::vector<Kept> packets_;
  int64_t now_ns_ = 1'600'000'000'000'000'000;
};

/// Info of one UDP datagram.
Shown show_datagram(const Octets& payload, uint16_t source_port, uint16_t destination_port);

/// Runs a TCP connection that a script tells, a segment a line, and checks what each row shows:
///
///   > "GET / HTTP/1.1\r\n\r\n"       HTTP "GET / HTTP/1.1 "
///   < "HTTP/1.1 200 OK\r\n"          TCP 3                      (goes on in packet 3)
///   <F ""                            TCP
///
/// The server's port is `port`. The three packets of the handshake come first and are not counted: the script's first
/// line is packet 1. "<" comes from the server; F sends FIN with the segment; "+100" before the text skips that many
/// sequence numbers (a segment that the capture lost); "/20" behind it keeps only the first 20 bytes of the segment.
void check_connection(uint16_t port, std::string_view script);

}  // namespace tracedrop::test

// Multipath TCP options, RFC 8684, section 3: behind kind and length
//
//   subtype (4 bits), what follows is the subtype's
#include "protocols/transport/tcp/fields.h"
#include "protocols/transport/tcp/option_tree.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr const MultipathFields& m = f.option.multipath;

struct Work {
  Layer& in;
  Layer::Branch& line;
  const Header& header;
  size_t end;
  size_t left() const { return end - std::min(end, in.at()); }
  bool is_syn() const { return header.segment.has(kSyn); }
};

/// The flags' line, and its bits below it.
template <typename... Fields>
uint32_t report_flags(Layer& in, const Fields&... bits) {
  const uint32_t flags = in(m.flags);
  const auto below = in.below();
  in.seek(in.at() - 1);
  in.bits(bits...);
  return flags;
}

/// MP_CAPABLE, section 3.1: version, flags, keys, and with data its length and checksum.
void report_capable(const Work& work) {
  Layer& in = work.in;
  const uint32_t version = in(m.version);
  if (version == 1) {
    report_flags(in, m.checksum_required, m.extensibility, m.no_more_subflows, m.sha256, m.reserved_bits_v1);
  } else {
    report_flags(in, m.checksum_required, m.extensibility, m.sha1, m.reserved_bits);
  }
  if (work.left() >= 8) in.wide(m.sender_key);
  if (work.left() >= 8) in.wide(m.receiver_key);
  if (work.left() >= 2) in(m.data_length);
  if (work.left() >= 2) in(m.checksum);
}

/// MP_JOIN, section 3.2: its length tells which of the handshake's three it is.
void report_join(const Work& work) {
  constexpr size_t kSynLength = 12, kSynAckLength = 16;
  Layer& in = work.in;
  const size_t length = work.left() + 2;
  if (length != kSynLength && length != kSynAckLength) {
    in(m.reserved);
    in.bytes(m.sender_hmac, work.left());
    return;
  }
  report_flags(in, m.backup);
  in(m.address_id);
  if (length == kSynLength) {
    in(m.receiver_token);
  } else {
    in.wide(m.sender_cut_hmac);
  }
  in(m.sender_random);
}

/// DSS, section 3.3: which of the numbers are there, and how long they are, the flags tell.
void report_data_sequence(const Work& work) {
  constexpr uint32_t kHasAck = 1, kLongAck = 2, kHasSeq = 4, kLongSeq = 8;
  Layer& in = work.in;
  in.skip(1);
  const uint32_t flags = report_flags(in, m.data_fin, m.long_seq, m.has_seq, m.long_ack, m.has_ack);
  const auto number = [&](const Field& field, bool is_long, std::string_view after) {
    const size_t size = is_long ? 8 : 4;
    if (work.left() < size) return;
    const uint64_t value = is_long ? in.Cursor::be64() : in.be32();
    in.note(field, value, size);
    in.append(after);
  };
  if ((flags & kHasAck) != 0) number(m.data_ack, (flags & kLongAck) != 0, (flags & kLongAck) != 0 ? " (64bits)" : "");
  if ((flags & kHasSeq) == 0) return;
  const bool is_long = (flags & kLongSeq) != 0;
  number(m.data_seq, is_long, is_long ? "  (64bits version)" : "  (32bits version)");
  if (work.left() >= 4) in(m.subflow_seq);
  if (work.left() >= 2) in(m.data_length);
}

/// ADD_ADDR, section 3.4.1; in version 0 an IP version stands in place of the echo bit.
void report_add_address(const Work& work) {
  Layer& in = work.in;
  const uint8_t low = in.all().u8(in.at()) & 0x0F;
  const bool has_version = low == 4 || low == 6;
  in(has_version ? m.ip_version : m.echo);
  in(m.address_id);
  const size_t left = work.left();
  const bool is_ipv6 = has_version ? low == 6 : left >= 16 + (low == 1 ? 0 : 8);
  if (is_ipv6 && left >= 16) {
    in(m.ipv6);
  } else if (!is_ipv6 && left >= 4) {
    in(m.ipv4);
  }
  if (work.left() == 2 || work.left() == 10) in(m.port);
  if (work.left() >= 8) in.wide(m.address_cut_hmac);
}

void report_remove_address(const Work& work) {
  Layer& in = work.in;
  in.skip(1);
  in.note(m.removed_count, work.left(), 1);
  while (work.left() > 0) in(m.address_id);
}

void report_priority(const Work& work) {
  report_flags(work.in, m.backup);
  if (work.left() > 0) work.in(m.address_id);
}

void report_fallback(const Work& work) {
  work.in(m.reserved);
  if (work.left() >= 8) work.in.wide(m.data_seq);
}

void report_fast_close(const Work& work) {
  work.in(m.reserved);
  if (work.left() >= 8) work.in.wide(m.receiver_key);
}

void report_reset(const Work& work) {
  Layer& in = work.in;
  const uint32_t flags = in(m.flags);
  if ((flags & 1) != 0) in.append(", Transient");
  {
    const auto below = in.below();
    in.seek(in.at() - 1);
    in.bits(m.flag_u, m.flag_v, m.flag_w, m.transient);
  }
  if (work.left() > 0) in(m.reset_reason);
}

constexpr void (*kReports[])(const Work&) = {report_capable,     report_join,           report_data_sequence,
                                             report_add_address, report_remove_address, report_priority,
                                             report_fallback,    report_fast_close,     report_reset};

}  // namespace

void report_multipath(Layer& in, Layer::Branch& line, const Header& header, size_t end) {
  const uint32_t subtype = in(m.subtype);
  const std::string_view name = m.subtype.names.of(subtype);
  line.append(": ", name.empty() ? std::string_view("Unknown") : name);
  if (name.empty()) line.append(" (", subtype, ')');
  in.seek(in.at() - 1);
  if (subtype < std::size(kReports)) kReports[subtype]({in, line, header, end});
}

}  // namespace tracedrop::dissect::tcp

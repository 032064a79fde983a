// A control message behind its first byte (RFC 9327, section 2):
//
//   response · error · more · opcode (5 bits) | sequence (2) | status (2) | association (2) | offset (2) | count (2) |
//   data
//
// A private one: authentication · sequence (7 bits) | implementation | request | error (4 bits) · items (12) |
// reserved (4) · item size (12) | items
#include "protocols/application/ntp_control.h"

#include "base/text.h"
#include "dissect/memory.h"

namespace tracedrop::dissect::ntp {

namespace {

enum Opcode : uint8_t {
  kReadStatus = 1,
  kReadVariables = 2,
  kWriteVariables = 3,
  kReadClock = 4,
  kWriteClock = 5,
  kAsynchronous = 7,
  kConfigure = 8,
  kRecentList = 10,
  kOrderedList = 11,
  kNonce = 12
};

/// The last requests of a conversation: one may have several responses.
struct Requests : ProtocolState {
  struct Asked {
    uint32_t key = 0;
    PacketIndex packet = kNoPacket;
    int64_t ts_ns = 0;
  };
  std::array<Asked, 8> last;
  size_t next = 0;
};

/// What trees tell of requests: who answered first.
constexpr uint8_t kAnswer = 1;

void pair_up(Layer& in, const PairFields& pair, uint32_t key, bool is_response) {
  Context& context = in.context();
  if (!is_response)
    if (const uint64_t answer = context.fact(kAnswer)) in.conclude(pair.response_in, answer, 0);
  if (!context.has_memory()) return;
  auto& requests = context.memory<Requests>();
  if (!is_response) {
    requests.last[requests.next++ % requests.last.size()] = {key, context.index, context.row.ts_ns};
    return;
  }
  const Requests::Asked* found = nullptr;
  for (const Requests::Asked& asked : requests.last)
    if (asked.packet != kNoPacket && asked.key == key && (found == nullptr || asked.packet > found->packet))
      found = &asked;
  if (found == nullptr) return;
  in.conclude(pair.request_in, found->packet + 1, 0);
  in.conclude(pair.delta, static_cast<uint64_t>(context.row.ts_ns - found->ts_ns), 0);
  if (!context.is_reading()) return;
  uint64_t& answer = context.fact(found->packet, kAnswer);
  if (answer == 0) answer = context.index + 1;
}

void report_bits(Layer& in, std::initializer_list<const Field*> fields, uint32_t value, size_t at) {
  for (const Field* field : fields) in.add(*field, masked(field->format, value), at, field->format.width);
}

template <typename Status>
void append_name(Status& status, const Field& field, uint32_t value) {
  const std::string_view name = field.names.of(masked(field.format, value));
  status.append(", ", field.title, ": ", name.empty() ? "Unknown" : name);
}

/// The lines of a status word, whose own line is `status`.
void report_system(Layer& in, const ControlFields& f, uint32_t value, size_t at, Layer::Branch& status) {
  for (const Field* field : {&f.leap, &f.clock_source, &f.system_event}) append_name(status, *field, value);
  report_bits(in, {&f.leap, &f.clock_source, &f.system_count, &f.system_event}, value, at);
}

void report_peer(Layer& in, const ControlFields& f, uint32_t value, size_t at, Layer::Branch& status) {
  const std::initializer_list<const Field*> flags{&f.is_configured, &f.may_authenticate, &f.is_authentic,
                                                  &f.is_reachable, &f.is_broadcast};
  for (const Field* flag : flags)
    if (masked(flag->format, value) != 0) status.append(", ", flag->title);
  append_name(status, f.selection, value);
  append_name(status, f.peer_event, value);
  report_bits(in, flags, value, at);
  report_bits(in, {&f.selection, &f.peer_count, &f.peer_event}, value, at);
}

void report_status(Layer& in, const ControlFields& f, uint8_t flags, uint32_t value, uint32_t association) {
  constexpr uint8_t kResponse = 0x80, kError = 0x40;
  const uint8_t opcode = flags & 0x1F;
  const size_t at = in.at() - 2;
  if ((flags & kResponse) == 0) return;
  Layer::Branch status = in.below();
  if ((flags & kError) != 0) {
    append_name(status, f.error_status, value);
    report_bits(in, {&f.error_status}, value, at);
  } else if (opcode == kReadClock || opcode == kWriteClock) {
    append_name(status, f.clock_state, value);
    report_bits(in, {&f.clock_state, &f.clock_event}, value, at);
  } else if (opcode <= kWriteVariables || opcode == kAsynchronous) {
    association == 0 ? report_system(in, f, value, at, status) : report_peer(in, f, value, at, status);
  }
}

/// Associations; as Wireshark has it, their states stand behind all of the data.
void report_associations(Layer& in, const ControlFields& f, size_t end) {
  for (size_t at = in.at(); at + 4 <= end; at += 4) {
    const auto item = in.group(f.item, at, 4);
    in.peek(f.association, at);
  }
}
void report_states(Layer& in, const ControlFields& f, size_t begin, size_t end) {
  for (size_t at = begin; at + 4 <= end; at += 4) {
    const auto value = static_cast<uint32_t>(in.peek(f.status, at + 2));
    Layer::Branch status = in.below();
    report_peer(in, f, value, at + 2, status);
  }
}

void report_quoted(Layer& in, size_t at, std::string_view value) {
  const std::string_view inner = value.substr(1, value.size() - 2);
  const auto whole = in.group_line(at + 1, inner.size(), inner);
  const auto again = in.group_line(at, value.size(), value);
  Line& line = in.tree()->line(again.line());
  line.pos += line.pos + 1;  // it counts its place twice
  in.line(at, 1, '"');
  {
    const auto first = in.group_line(at + 1, inner.size(), inner);
    const auto second = in.group_line(at + 1, inner.size(), inner);
    in.line(at + 1, inner.size(), inner);
  }
  in.line(at + value.size() - 1, 1, '"');
}

void report_value(Layer& in, size_t at, std::string_view value) {
  const auto first = in.group_line(at, value.size(), value);
  const auto second = in.group_line(at, value.size(), value);
  const bool is_quoted = value.size() > 2 && value.front() == '"' && value.back() == '"';
  is_quoted ? report_quoted(in, at, value) : in.line(at, value.size(), value);
}

/// "name=value", with the lines of a reader that knows nothing of what it reads.
void report_variable(Layer& in, size_t at, std::string_view text, bool is_last) {
  const size_t equals = std::min(text.find('='), text.size());
  const std::string_view name = text.substr(0, equals), value = text.substr(std::min(equals + 1, text.size()));
  const auto whole = in.group_line(at, text.size(), text);
  const auto again = in.group_line(at, text.size(), text);
  in.line(at, equals, name);
  if (equals < text.size()) {
    in.line(at + equals, 1, '=');
    report_value(in, at + equals + 1, value);
  }
  const auto nothing = in.group_line(at + text.size(), 0, "");
  if (!is_last) in.line(at + text.size(), 0, "");
}

/// Commas part them, but not within quotes.
void report_variables(Layer& in, std::string_view text) {
  const size_t from = in.at();
  for (size_t at = 0; at < text.size();) {
    bool is_quoted = false;
    size_t end = at;
    for (; end < text.size() && (is_quoted || text[end] != ','); ++end) is_quoted ^= text[end] == '"';
    std::string_view item = text.substr(at, end - at);
    const size_t begin = std::min(item.find_first_not_of(" \r\n\t"), item.size());
    item.remove_prefix(begin);
    item = item.substr(0, item.find_last_not_of(" \r\n\t\0") + 1);
    if (!item.empty() && item.front() != '"') report_variable(in, from + at + begin, item, end == text.size());
    at = end + 1;
  }
}

void report_data(Layer& in, const ControlFields& f, uint8_t flags, size_t size) {
  constexpr uint8_t kResponse = 0x80;
  const bool is_response = (flags & kResponse) != 0;
  const auto data = in.group(f.data, size);
  switch (flags & 0x1F) {
    case kReadStatus:
      if (is_response) return report_associations(in, f, in.at() + size);
      [[fallthrough]];
    case kReadVariables:
    case kWriteVariables:
    case kReadClock:
    case kWriteClock: return report_variables(in, in.rest().first(size).text());
    case kAsynchronous: in.text(f.trap_message, size); return;
    case kConfigure: in.text(f.configuration, size); return;
    case kRecentList: in.text(f.recent_list, size); return;
    case kOrderedList: in.text(f.ordered_list, size); return;
    case kNonce: in.text(f.nonce, size); return;
    default: return;
  }
}

/// The lowest bits of a number: "0101".
struct Picture {
  uint32_t bits;
  int count;
};
void append_part(std::string& out, Picture picture) {
  for (int i = picture.count; i-- > 0;) out += (picture.bits >> i & 1) != 0 ? '1' : '0';
}

uint8_t read_flags(Layer& in, const ControlFields& f) {
  const auto flags = static_cast<uint8_t>(in(f.flags));
  if ((flags & 0x80) != 0) in.append(", Response bit");
  const std::string_view name = f.opcode.names.of(flags & 0x1F);
  in.append(", Opcode: ", name.empty() ? "Unknown" : name);
  const auto below = in.below();
  report_bits(in, {&f.is_response, &f.has_error, &f.has_more, &f.opcode}, flags, in.at() - 1);
  return flags;
}

/// How often a host asked for the time.
void report_monitored(Layer& in, const PrivateFields& f, bool has_local, bool has_ipv6) {
  auto item = in.part(f.item);
  for (const Field* field : {&f.average_interval, &f.last_interval, &f.restrictions, &f.packets}) in(*field);
  std::string address;
  const Bytes remote = in.bytes(f.remote, 4);
  if (has_local) {
    in.bytes(f.local, 4);
    in(f.flags);
  }
  const uint32_t port = in(f.port);
  in(f.mode);
  in(f.version);
  in(f.is_ipv6);
  in(f.unused);
  if (in.ok()) append_address(address, Address::ipv4(remote));
  if (has_ipv6) {
    in.bytes(f.remote_ipv6, 16);
    in.bytes(f.local_ipv6, 16);
  }
  item.replace("Monlist item: address: ", address, ':', port);
}

void report_items(Layer& in, const PrivateFields& f, uint8_t request, uint32_t count, uint32_t size) {
  constexpr uint8_t kMonitorList = 20, kMonitorList1 = 42;
  if (request != kMonitorList && request != kMonitorList1) return;
  for (uint32_t i = 0; i < count && in.ok() && size > 0 && in.rest().size() >= size; ++i) {
    const size_t end = in.at() + size;
    report_monitored(in, f, request == kMonitorList1, request == kMonitorList1 && size >= 72);
    if (in.ok()) in.seek(end);
  }
}

}  // namespace

void dissect_control(Layer& in, const ControlFields& f, const PairFields& pair) {
  const uint8_t flags = read_flags(in, f);
  const uint32_t sequence = in(f.sequence);
  if (in.ok()) pair_up(in, pair, sequence, (flags & 0x80) != 0);
  const uint32_t status = in(f.status);
  if (in.tree() != nullptr && in.ok()) report_status(in, f, flags, status, in.rest().be16(0));
  in(f.association);
  in(f.offset);
  const size_t count = in(f.count);
  if (in.ok() && in.tree() != nullptr && count > 0 && count <= in.rest().size()) {
    const size_t begin = in.at(), end = begin + count;
    report_data(in, f, flags, count);
    if ((flags & 0x9F) == (0x80 | kReadStatus)) report_states(in, f, begin, end);
    if (in.ok()) in.seek(end);
  }
  if (in.ok()) in.skip(in.left());
}

void dissect_private(Layer& in, const PrivateFields& f, const PairFields& pair) {
  constexpr uint32_t kPrivate = 1u << 16;
  const bool is_response = (in.all().u8(0) & 0x80) != 0;
  const uint32_t auth_and_sequence = in(f.auth_and_sequence);
  if (in.tree() != nullptr) {
    const auto below = in.below();
    report_bits(in, {&f.is_authenticated, &f.sequence}, auth_and_sequence, in.at() - 1);
  }
  in(f.implementation);
  const auto request = static_cast<uint8_t>(in(f.request));
  if (in.ok()) pair_up(in, pair, kPrivate | (auth_and_sequence & 0x7F), is_response);
  if (in.tree() == nullptr || in.rest().size() < 4) return in.skip(in.left());
  const uint32_t items = in.rest().be16(0), sizes = in.rest().be16(2);
  const size_t at = in.at();
  report_bits(in, {&f.error}, items >> 8, at);
  const std::string_view error = f.error.names.of(items >> 12);
  in.replace(Picture{items >> 12, 4}, " .... = Err: ", error.empty() ? "Unknown" : error, " (", Hex{items >> 12, 2},
             ')');
  report_bits(in, {&f.item_count}, items, at);
  in.replace(".... ", Picture{items >> 8, 4}, "  ", Picture{items >> 4, 4}, ' ', Picture{items, 4},
             " = Number of data items: ", items & 0x0FFF);
  report_bits(in, {&f.reserved}, sizes >> 8, at + 2);
  in.replace(Picture{sizes >> 12, 4}, " .... = Reserved: ", Hex{sizes >> 12, 2});
  report_bits(in, {&f.item_size}, sizes, at + 2);
  in.replace(".... ", Picture{sizes >> 8, 4}, "  ", Picture{sizes >> 4, 4}, ' ', Picture{sizes, 4},
             " = Size of data item: ", sizes & 0x0FFF);
  in.skip(4);
  if (is_response) report_items(in, f, request, items & 0x0FFF, sizes & 0x0FFF);
  if (in.ok()) in.skip(in.left());
}

}  // namespace tracedrop::dissect::ntp

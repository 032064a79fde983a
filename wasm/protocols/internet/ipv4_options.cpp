#include "protocols/internet/ipv4_options.h"

namespace tracedrop::dissect {

namespace {

enum Option : uint8_t {
  kEnd = 0,
  kNoOperation = 1,
  kRecordRoute = 7,
  kMtuProbe = 11,
  kMtuReply = 12,
  kQuickStart = 25,
  kTimestamps = 68,
  kTraceroute = 82,
  kSecurity = 130,
  kLooseRoute = 131,
  kStreamId = 136,
  kStrictRoute = 137,
  kRouterAlert = 148,
};

struct Kind {
  Option option;
  std::string_view name;
  const Field OptionFields::*line;
  uint8_t length;  ///< the only one that is right; 0: any from `least` on
  uint8_t least = 2;
};

constexpr Kind kKinds[] = {{kSecurity, "Security", &OptionFields::security, 11},
                           {kLooseRoute, "Loose Source Route", &OptionFields::loose_route, 0, 3},
                           {kStrictRoute, "Strict Source Route", &OptionFields::strict_route, 0, 3},
                           {kRecordRoute, "Record Route", &OptionFields::record_route, 0, 3},
                           {kTimestamps, "Time Stamp", &OptionFields::timestamps, 0, 4},
                           {kStreamId, "Stream ID", &OptionFields::stream_id, 4},
                           {kMtuProbe, "MTU Probe", &OptionFields::mtu_probe, 4},
                           {kMtuReply, "MTU Reply", &OptionFields::mtu_reply, 4},
                           {kTraceroute, "Traceroute", &OptionFields::traceroute, 12},
                           {kRouterAlert, "Router Alert", &OptionFields::router_alert, 4},
                           {kQuickStart, "Quick-Start", &OptionFields::quick_start, 8}};

const Kind* kind_of(uint8_t option) {
  for (const Kind& kind : kKinds)
    if (kind.option == option) return &kind;
  return nullptr;
}

/// Reads the options one after the other, and reports them.
class Report {
 public:
  Report(Layer& in, const OptionFields& fields, const Field& destination, size_t end)
      : in_(in), f_(fields), destination_(destination), end_(end) {}

  void run() {
    auto all = in_.group_line(in_.at(), end_ - in_.at(), "Options: (", end_ - in_.at(), " bytes)");
    unsigned nops = 0;
    while (in_.at() < end_) {
      const uint8_t option = in_.rest().u8(0);
      nops = option == kNoOperation ? nops + 1 : 0;
      if (nops == 4) warn_of_nops();
      if (option <= kNoOperation) {
        read_short_option(option);
        if (option == kEnd) return in_.seek(end_);
      } else if (!read_option(option, all)) {
        return in_.seek(end_);
      }
    }
  }

 private:
  void read_short_option(uint8_t option) {
    const auto branch = in_.part(option == kEnd ? f_.end : f_.no_operation);
    read_type();
  }
  void warn_of_nops() {
    // It stands beside the options, and is about all of them: below the line that has them.
    Tree& tree = *in_.tree();
    const uint32_t last = tree.last();
    tree.set_last(parent_of_last_option(tree));
    Layer::add_expert(tree, f_.four_nops, Severity::warning, ExpertGroup::protocol, f_.four_nops.title);
    tree.set_last(last);
  }
  static uint32_t parent_of_last_option(Tree& tree) {
    uint32_t line = tree.last();
    while (tree.line(line).field != nullptr) line = tree.line(line).parent;
    return line;
  }

  void read_type() {
    const auto value = in_.rest().u8(0);
    in_(f_.type);
    const auto bits = in_.below();
    for (const Field* field : {&f_.copy, &f_.option_class, &f_.number})
      in_.note(*field, masked(field->format, value), 1);
  }

  /// False where the list cannot go on.
  bool read_option(uint8_t option, Layer::Branch& all) {
    const size_t from = in_.at(), left = end_ - from;
    const Kind* const kind = kind_of(option);
    std::string name;
    kind != nullptr ? append(name, kind->name) : append(name, "Unknown (", Hex{option, 2}, ')');
    const size_t length = left > 1 ? in_.rest().u8(1) : 0;
    if (left < 2) return misfit(name, " (length byte past end of options)", left);
    if (length < 2) return misfit(name, " (with too-short option length = ", 2, length);
    if (length > left) return misfit(name, " (option length = ", 2, length, " says option goes past end of options)");
    {
      const auto branch = kind != nullptr ? in_.group(f_.*kind->line, length)
                                          : in_.group_line(from, length, name, " (", length, " bytes)");
      if (kind != nullptr) in_.append(" (", kind->length != 0 ? kind->length : length, " bytes)");
      read_type();
      in_(f_.length);
      const bool is_right = kind == nullptr || (kind->length != 0 ? length == kind->length : length >= kind->least);
      if (!is_right) warn_of_length(*kind, length);
      if (is_right && kind == nullptr) in_.bytes(f_.data, length - 2);
      if (is_right && kind != nullptr) {
        all.append(", ", kind->name);
        read_data(option, from, length);
      }
    }
    in_.seek(from + length);
    return true;
  }
  void warn_of_length(const Kind& kind, size_t length) {
    if (kind.length == 0) return;
    in_.expert(f_.bad_length, Severity::warning, ExpertGroup::protocol, kind.name, " (with option length = ", length,
               length == 1 ? " byte" : " bytes", "; should be ", kind.length, ')');
  }
  bool misfit(std::string name, std::string_view what, size_t size, size_t length = SIZE_MAX,
              std::string_view rest = ")") {
    name += what;
    if (length != SIZE_MAX) append(name, Counted{length, "byte", "bytes"});
    name += rest;
    in_.line(in_.at(), size, name);
    in_.expert(f_.bad_length, Severity::warning, ExpertGroup::protocol, name);
    return false;
  }

  void read_data(uint8_t option, size_t from, size_t length) {
    switch (option) {
      case kRecordRoute:
      case kLooseRoute:
      case kStrictRoute: return read_route(option, length);
      case kTimestamps: return read_timestamps(from, length);
      case kStreamId: warn_of_age(), in_(f_.sid); return;
      case kMtuProbe:
      case kMtuReply: in_(f_.mtu); return;
      case kTraceroute: return read_traceroute();
      case kRouterAlert: return read_alert();
      case kQuickStart: return read_quick_start();
      case kSecurity: return read_security();
      default: return;
    }
  }
  /// It stands below the option's own line, before what follows.
  void warn_of_age() {
    Tree& tree = *in_.tree();
    tree.set_last(tree.line(tree.last()).parent);
    Layer::add_expert(tree, f_.deprecated, Severity::note, ExpertGroup::deprecated, f_.deprecated.title);
  }
  void read_traceroute() {
    warn_of_age();
    in_(f_.id_number);
    in_(f_.outbound_hops);
    in_(f_.return_hops);
    in_(f_.originator);
  }
  void read_alert() {
    const uint32_t line = in_.tree()->line(in_.tree()->last()).parent;
    const uint32_t value = in_(f_.alert);
    in_.tree()->append(line, ": ", f_.alert.names.of(value), " (", value, ')');
  }
  void read_security() {
    in_(f_.level);
    in_(f_.compartments);
    read_text(f_.handling, 2);
    read_text(f_.transmission, 3);
  }
  void read_text(const Field& field, size_t size) {
    const std::string_view text = in_.rest().first(size).text();
    in_.add_text(field, text.substr(0, text.find('\0')), in_.at(), size);
    in_.skip(size);
  }
  void read_quick_start() {
    const uint32_t line = in_.tree()->line(in_.tree()->last()).parent;
    const auto [function, rate] = in_.bits(f_.function, f_.rate);
    const uint32_t ttl = in_(f_.quick_ttl);
    const auto difference = static_cast<uint8_t>(in_.context().hop_limit.value_or(0) - ttl);
    in_.note(f_.ttl_difference, difference, 1);
    in_.generated();
    in_.bits(f_.nonce, f_.quick_reserved);
    in_.tree()->append(line, ": ", f_.function.names.of(function), " (", function, "), ", f_.rate.names.of(rate),
                       ", QS TTL ", ttl, ", QS TTL diff ", difference);
  }

  /// The pointer counts from the option's first byte, as 1.
  void read_route(uint8_t option, size_t length) {
    constexpr size_t kFirst = 4, kAddress = 4;
    const uint32_t pointer = in_(f_.pointer);
    if (pointer < kFirst) warn(f_.before_address);
    if (pointer >= kFirst && (pointer - kFirst) % kAddress != 0) return warn(f_.middle_of_address);
    for (size_t at = kFirst; at <= length; at += kAddress) {
      if (at + kAddress - 1 > length) return warn(f_.too_long);
      const bool is_last = at + 2 * kAddress - 1 > length;
      const Field& field = at < pointer             ? f_.recorded
                           : option == kRecordRoute ? f_.empty_route
                           : is_last                ? destination_
                                                    : f_.source_route;
      in_.bytes(field, kAddress);
      if (at == pointer && &field != &destination_) in_.append(" <- (next)");
    }
  }
  void read_timestamps(size_t from, size_t length) {
    constexpr size_t kFirst = 5;
    const uint32_t pointer = in_(f_.pointer);
    if (pointer == 1) in_.append(" (header is full)");
    if (pointer != 1 && pointer < kFirst) in_.append(" (points before first address)");
    const uint32_t flag = in_.bits(f_.overflow, f_.timestamp_flag)[1];
    const bool has_addresses = flag == 1 || flag == 3;
    const size_t step = has_addresses ? 8 : 4;
    while (in_.at() + step <= from + length) {
      if (has_addresses) {
        const Bytes address = in_.bytes(f_.timestamp_address, 4);
        if (address.be32(0) == 0) in_.replace("Address: -");
      }
      in_(f_.timestamp);
    }
  }
  void warn(const Field& field) { in_.expert(field, Severity::warning, ExpertGroup::protocol, field.title); }

  Layer& in_;
  const OptionFields& f_;
  const Field& destination_;
  size_t end_;
};

}  // namespace

std::optional<Bytes> route_end(Bytes options) {
  std::optional<Bytes> last;
  for (size_t at = 0; options.has(at, 1) && options.u8(at) != kEnd;) {
    const uint8_t option = options.u8(at);
    const size_t length = option == kNoOperation ? 1 : options.u8(at + 1);
    const bool is_route = option == kLooseRoute || option == kStrictRoute;
    if (is_route && length >= 7 && options.u8(at + 2) < length && options.has(at, length))
      last = options.sub(at + length - 4, 4);
    if (length == 0 || (option != kNoOperation && length < 2)) break;
    at += length;
  }
  return last;
}

void report_options(Layer& in, size_t size, const OptionFields& fields, const Field& destination) {
  Report(in, fields, destination, in.at() + size).run();
}

}  // namespace tracedrop::dissect

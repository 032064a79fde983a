#include "protocols/transport/tcp/option_tree.h"

#include <algorithm>

#include "protocols/transport/tcp/fields.h"
#include "protocols/transport/tcp/sequence.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr const OptionFields& o = f.option;

/// The option at work; the layer stands behind its length.
struct Work {
  Layer& in;
  Layer::Branch& line;
  const Header& header;
  size_t from, end;
  uint8_t kind;
  size_t left() const { return end - std::min(end, in.at()); }
};

void report_segment_size(const Work& work) { work.line.append(": ", work.in(o.segment_size), " bytes"); }

void report_window_scale(const Work& work) {
  Layer& in = work.in;
  const uint32_t shift = in(o.shift);
  if (shift > 14) in.expert(o.shift_too_large, Severity::warning, ExpertGroup::protocol, o.shift_too_large.title);
  const uint32_t multiplier = uint32_t{1} << std::min<uint32_t>(shift, 14);
  in.conclude(o.multiplier, multiplier, in.at() - 1, 1);
  work.line.append(": ", shift, " (multiply by ", multiplier, ')');
}

/// RFC 2883, section 4: the first block says what was received twice.
void report_duplicate_sack(const Work& work, size_t blocks) {
  const Bytes all = work.in.all();
  const SackBlock first{all.be32(work.from + 2), all.be32(work.from + 6)};
  const SackBlock second{all.be32(work.from + 10), all.be32(work.from + 14)};
  const bool below_ack = before(first.left, work.header.segment.ack);
  const bool inside_second = blocks > 1 && !before(first.left, second.left) && at_or_before(first.right, second.right);
  if (!below_ack && !inside_second) return;
  Layer& in = work.in;
  const uint32_t base = work.header.other_base;
  in.conclude(o.duplicate_left, first.left - base, work.from + 2, 4);
  in.replace("D-SACK Left Edge = ", first.left - base, " (relative)");
  in.conclude(o.duplicate_right, first.right - base, work.from + 6, 4);
  in.replace("D-SACK Right Edge = ", first.right - base, " (relative)");
  in.line(work.from + 2, 8, o.duplicate_sack.title);
  in.expert(o.duplicate_sack, Severity::warning, ExpertGroup::sequence, o.duplicate_sack.title);
}

void report_sack(const Work& work) {
  Layer& in = work.in;
  const uint32_t base = work.header.other_base;
  size_t blocks = 0;
  while (work.left() >= 4) {
    const uint32_t left = in.be32() - base;
    in.note(o.sack_left, left, 4);
    in.replace("left edge = ", left, " (relative)");
    if (work.left() < 4) {
      in.line(in.at(), 0, o.beyond_end.title);
      in.expert(o.beyond_end, Severity::error, ExpertGroup::malformed, o.beyond_end.title);
      break;
    }
    const uint32_t right = in.be32() - base;
    in.note(o.sack_right, right, 4);
    in.replace("right edge = ", right, " (relative)");
    work.line.append(' ', left, '-', right);
    ++blocks;
  }
  in.conclude(o.sack_count, blocks, work.from);
  if (blocks > 0) report_duplicate_sack(work, blocks);
}

void report_echo(const Work& work) { work.line.append(": ", work.in(o.echo_value)); }

void report_timestamps(const Work& work) {
  const uint32_t value = work.in(o.timestamp_value);
  const uint32_t echo = work.in(o.timestamp_echo);
  work.line.append(": TSval ", value, ", TSecr ", echo);
}

void report_connection_count(const Work& work) { work.in(o.connection_count); }
void report_md5(const Work& work) { work.in.bytes(o.md5_digest, work.left()); }

void report_authentication(const Work& work) {
  work.in(o.key_id);
  work.in(o.next_key_id);
  if (work.left() > 0) work.in.bytes(o.mac, work.left());
}

void report_scps(const Work& work) {
  Layer& in = work.in;
  static constexpr std::string_view kNames[] = {"BETS", "SNACK1", "SNACK2", "COMP", "NLTS"};
  const uint32_t vector = in(o.scps_vector);
  std::string names;
  for (uint32_t bit = 0; bit < std::size(kNames); ++bit)
    if ((vector & 0x80u >> bit) != 0) append(names, names.empty() ? "" : ", ", kNames[bit]);
  if ((vector & 7) != 0) append(names, names.empty() ? "" : ", ", "RESERVED");
  if (!names.empty()) in.append(" (", names, ')');
  {
    const auto below = in.below();
    in.seek(in.at() - 1);
    in.bits(o.scps_bets, o.scps_snack1, o.scps_snack2, o.scps_compress, o.scps_nlts, o.scps_reserved);
  }
  if (work.left() > 0) in(o.scps_connection);
}

void report_snack(const Work& work) {
  work.in(o.snack_offset);
  work.in(o.snack_size);
}

void report_quick_start(const Work& work) {
  work.in(o.quick_start_rate);
  work.in(o.quick_start_ttl);
}

void report_user_timeout(const Work& work) { work.in.bits(o.timeout_unit, o.timeout); }

void report_cookie(const Work& work, size_t from) {
  if (work.left() > 0) {
    work.in.bytes(o.fast_open_cookie, work.left());
  } else {
    work.in.add(o.fast_open_request, 0, from, 2);
  }
}
void report_fast_open(const Work& work) { report_cookie(work, work.from); }

/// Kinds 172 and 174 have the same counters, the outer ones exchanged.
void report_accurate_ecn(const Work& work) {
  struct Counter {
    const Field* field;
    std::string_view name;
  };
  const Counter ect0{&o.ect0_bytes, "EE0B "}, ce{&o.ce_bytes, "ECEB "}, ect1{&o.ect1_bytes, "EE1B "};
  const bool is_first_order = work.kind == kAccurateEcn0;
  const Counter counters[] = {is_first_order ? ect0 : ect1, ce, is_first_order ? ect1 : ect0};
  bool is_first = true;
  for (const Counter& counter : counters) {
    if (work.left() < 3) break;
    if (is_first) work.line.append(" (Order ", is_first_order ? '0' : '1', ')');
    work.line.append(is_first ? ": " : ", ", counter.name, work.in(*counter.field));
    is_first = false;
  }
}

void report_experiment(const Work& work) {
  constexpr uint32_t kFastOpenId = 0xF989, kAckRateId = 0x00AC;
  Layer& in = work.in;
  const uint32_t id = in(o.experiment);
  const std::string_view name = o.experiment.names.of(id);
  work.line.append(": ", name.empty() ? std::string_view("Unknown") : name);
  if (id == kFastOpenId) {
    report_cookie(work, in.at() - 2);
  } else if (id == kAckRateId && work.left() > 0) {
    const auto [rate, reserved] = in.bits(o.ack_rate, o.ack_rate_reserved);
    work.line.append(' ', rate);
  } else if (work.left() > 0) {
    in.bytes(o.experiment_data, work.left());
  }
}

void report_unknown(const Work& work) {
  if (work.left() > 0) work.in.bytes(o.unknown_payload, work.left());
}

struct Rule {
  uint8_t kind;
  std::string_view name;  ///< in the list behind "Options: (12 bytes)"
  const Field* line;
  uint8_t length;  ///< what it must be, or at least be
  bool is_exact;
  void (*report)(const Work&);
};
constexpr Rule kRules[] = {
    {kMaximumSegmentSize, "Maximum segment size", &o.line.maximum_segment_size, 4, true, report_segment_size},
    {kWindowScale, "Window scale", &o.line.window_scale, 3, true, report_window_scale},
    {kSackPermitted, "SACK permitted", &o.line.sack_permitted, 2, true, nullptr},
    {kSack, "SACK", &o.line.sack, 2, false, report_sack},
    {kEcho, "Echo", &o.line.echo, 6, true, report_echo},
    {kEchoReply, "Echo reply", &o.line.echo, 6, true, report_echo},
    {kTimestamps, "Timestamps", &o.line.timestamps, 10, true, report_timestamps},
    {11, "CC", &o.line.connection_count, 6, true, report_connection_count},
    {12, "CC.NEW", &o.line.connection_count, 6, true, report_connection_count},
    {13, "CC.ECHO", &o.line.connection_count, 6, true, report_connection_count},
    {kMd5, "TCP MD5 signature", &o.line.md5, 18, true, report_md5},
    {20, "SCPS capabilities", &o.line.scps, 4, false, report_scps},
    {21, "Selective Negative Acknowledgment", &o.line.snack, 6, true, report_snack},
    {22, "SCPS record boundary", &o.line.record_boundary, 2, true, nullptr},
    {23, "SCPS corruption experienced", &o.line.corruption, 2, true, nullptr},
    {27, "Quick-Start", &o.line.quick_start, 8, true, report_quick_start},
    {kUserTimeout, "User Timeout", &o.line.user_timeout, 4, true, report_user_timeout},
    {kAuthentication, "TCP AO", &o.line.authentication, 4, false, report_authentication},
    {kMultipath, "MPTCP", &o.line.multipath, 3, false, nullptr},
    {kFastOpen, "TCP Fast Open", &o.line.fast_open, 2, false, report_fast_open},
    {kAccurateEcn0, "Accurate ECN", &o.line.accurate_ecn, 2, false, report_accurate_ecn},
    {kAccurateEcn1, "Accurate ECN", &o.line.accurate_ecn, 2, false, report_accurate_ecn},
    {kExperiment1, "Experimental", &o.line.experimental, 4, false, report_experiment},
    {kExperiment2, "Experimental", &o.line.experimental, 4, false, report_experiment},
};
constexpr Rule kUnknown{0, "Unknown", &o.line.unknown, 2, false, report_unknown};

const Rule& rule_of(uint8_t kind) {
  const auto found =
      std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& rule) { return rule.kind == kind; });
  return found == std::end(kRules) ? kUnknown : *found;
}

class OptionList {
 public:
  OptionList(Layer& in, const Header& header, size_t end) : in_(in), header_(header), end_(end) {}

  void report(Layer::Branch& list) {
    list_ = &list;
    while (in_.at() < end_ && next()) continue;
    if (header_.segment.has(kSyn) && !is_broken_) report_absent();
  }

 private:
  bool next() {
    const uint8_t kind = in_.all().u8(in_.at());
    if (kind != kNoOperation) no_operations_ = 0;
    if (kind == kEndOfOptions) return report_end();
    if (kind == kNoOperation) return report_no_operation();
    return report_one(kind);
  }

  bool report_single(const Field& line, std::string_view name) {
    list_->append(", ", name);
    in_.add(line, 0, in_.at(), 1);
    const auto below = in_.below();
    in_(o.kind);
    return true;
  }

  bool report_end() {
    report_single(o.line.end, "End of Option List (EOL)");
    const size_t left = end_ - in_.at();
    if (left == 0 || in_.all().u8(in_.at()) == kEndOfOptions) return true;
    in_.line(in_.at(), left, o.not_zero_behind_end.title);
    in_.expert(o.not_zero_behind_end, Severity::error, ExpertGroup::protocol, o.not_zero_behind_end.title);
    return false;
  }

  bool report_no_operation() {
    if (++no_operations_ == 4) expert_of_list(o.four_no_operations, Severity::warning);
    return report_single(o.line.no_operation, "No-Operation (NOP)");
  }

  /// What the expert says below the list itself.
  void expert_of_list(const Field& field, Severity severity) {
    if (Tree* const tree = in_.tree()) tree->set_last(list_->line());
    in_.expert(field, severity, ExpertGroup::protocol, field.title);
  }

  bool report_one(uint8_t kind) {
    const Rule& rule = rule_of(kind);
    std::string name(rule.name);
    if (&rule == &kUnknown) append(name, " (", Hex{kind, 2}, ')');
    const size_t from = in_.at(), length = in_.all().u8(from + 1);
    if (length < 2 || length > end_ - from) return report_broken(name, length);
    list_->append(", ", name);
    in_.add_bytes(*rule.line, from, length);
    report_unexpected(kind);
    auto line = in_.below();
    in_(o.kind);
    in_(o.length);
    const bool fits = rule.is_exact ? length == rule.length : length >= rule.length;
    if (!fits) {
      report_bad_length(rule, length);
    } else if (kind == kMultipath) {
      report_multipath(in_, line, header_, from + length);
    } else if (rule.report != nullptr) {
      rule.report({in_, line, header_, from, from + length, kind});
    }
    in_.seek(from + length);
    return true;
  }

  bool report_broken(std::string_view name, size_t length) {
    is_broken_ = true;
    const Counted bytes{length, "byte", "bytes"};
    std::string what;
    if (length < 2) {
      append(what, name, " (with too-short option length = ", bytes, ')');
    } else {
      append(what, name, " (option length = ", bytes, " says option goes past end of options)");
    }
    in_.line(in_.at(), 2, what);
    in_.expert(o.bad_length, Severity::note, ExpertGroup::sequence, what);
    return false;
  }

  void report_bad_length(const Rule& rule, size_t length) {
    if (rule.is_exact) {
      in_.expert(o.bad_length, Severity::note, ExpertGroup::sequence, "option length should be ", rule.length);
    } else {
      in_.expert(o.bad_length, Severity::note, ExpertGroup::sequence, "option length ", length, " smaller than ",
                 rule.length);
    }
  }

  void report_unexpected(uint8_t kind) {
    has_segment_size_ |= kind == kMaximumSegmentSize;
    has_sack_ |= kind == kSackPermitted;
    if (header_.segment.has(kSyn)) return;
    const Field* const field = kind == kMaximumSegmentSize ? &o.segment_size_present
                               : kind == kSackPermitted    ? &o.sack_present
                                                           : nullptr;
    if (field != nullptr) in_.expert(*field, Severity::warning, ExpertGroup::protocol, field->title);
  }

  void report_absent() {
    if (!has_segment_size_) expert_of_list(o.segment_size_absent, Severity::note);
    if (!has_sack_) expert_of_list(o.sack_absent, Severity::note);
  }

  Layer& in_;
  const Header& header_;
  const size_t end_;
  Layer::Branch* list_ = nullptr;
  size_t no_operations_ = 0;
  bool has_segment_size_ = false, has_sack_ = false, is_broken_ = false;
};

}  // namespace

void report_options(Layer& in, const Header& header, Bytes options) {
  if (options.empty()) return;
  const size_t end = kMinHeader + options.size(), at = in.at();
  in.add_bytes(f.header.options, kMinHeader, options.size());
  in.replace("Options: (", Counted{header.header_len - kMinHeader, "byte", "bytes"}, ')');
  auto list = in.below();
  in.seek(kMinHeader);
  OptionList(in, header, end).report(list);
  in.seek(at);
}

}  // namespace tracedrop::dissect::tcp

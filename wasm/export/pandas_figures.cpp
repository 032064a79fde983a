#include "export/pandas_figures.h"

#include <algorithm>
#include <array>
#include <set>

#include "analysis/samples.h"

namespace tracedrop::exporting {

namespace {

using analysis::RttMethod;
using code::Needs;
using csv::Column;
using dissect::Conversation;
using dissect::NeedlessRetransmission;
using trace::PacketIndex;
using trace::Selection;

/// The text with words replaced.
std::string with(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string_view>> words) {
  std::string out(text);
  for (const auto& [word, replacement] : words) {
    for (size_t at = 0; (at = out.find(word, at)) != out.npos; at += replacement.size())
      out.replace(at, word.size(), replacement);
  }
  return out;
}

/// Addresses as the csv writes them, in Python.
std::string names_of(const trace::Trace& trace, const std::set<uint32_t>& addresses) {
  std::string out;
  for (const uint32_t address : addresses) {
    std::string name;
    append_address(name, trace.findings.addresses.at(address));
    out += (out.empty() ? "" : ", ") + python_string(name);
  }
  return out;
}

bool has_forward_step(const trace::Columns& columns) {
  for (PacketIndex i = 1; i < columns.size(); ++i)
    if (columns.ts_ns(i) > columns.ts_ns(i - 1)) return true;
  return false;
}

bool has_copied_handshake(const trace::Trace& trace) {
  constexpr uint16_t kCopiedSyn = dissect::kIsCopy | dissect::kSyn;
  for (PacketIndex i = 0; i < trace.size(); ++i)
    if ((trace.columns.flags(i) & kCopiedSyn) == kCopiedSyn) return true;
  return false;
}

PandasLines none(std::string_view why) { return {{}, std::string(why)}; }

}  // namespace

PandasFigures::PandasFigures(const trace::Trace& trace, const OpenFile& open)
    : trace_(trace),
      file_(pandas_file(trace, open)),
      is_capture_(trace.kind != trace::SourceKind::csv),
      why_no_times_(why_no_times()),
      capture_point_(trace),
      round_trip_(analysis::round_trip(trace, Selection::all(trace.size()), capture_point_)),
      loss_(analysis::loss(trace, Selection::all(trace.size()))) {
  for (PacketIndex i = 0; i < trace.size() && !has_segments_; ++i) has_segments_ = shows_numbers(i);
}

/// The csv of a capture writes each time since the first packet with the decimals of its own interface.
std::string PandasFigures::why_no_times() const {
  if (trace_.size() == 0) return "there is no packet.";
  if (!is_capture_) return file_.why_no_times;
  constexpr std::array<int64_t, 10> kUnit{1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                          10'000,        1'000,       100,        10,        1};
  const int64_t first = trace_.columns.ts_ns(0);
  for (PacketIndex i = 0; i < trace_.size(); ++i) {
    const capture::Interface* interface = trace_.interface_of(i);
    const int digits = interface != nullptr ? interface->time_digits : trace_.time_digits;
    const int64_t unit = kUnit[static_cast<size_t>(std::clamp(digits, 0, 9))];
    if (unit > 1 && analysis::difference_ns(trace_.columns.ts_ns(i), first) % unit != 0)
      return "the csv has fewer decimals than the capture, where each interface writes its own number of them.";
  }
  return {};
}

std::string PandasFigures::why_no_tcp() const {
  if (!file_.has(Column::info)) return "this csv has no column Info.";
  return loss_.known() ? "" : loss_.sentence;
}

std::string PandasFigures::segments_lines() const {
  const std::string_view source =
      file_.has(Column::source) ? R"py(pcap["Source"].astype(str) + " " + tcp["sport"])py" : R"py(tcp["sport"])py";
  const std::string_view destination = file_.has(Column::destination)
                                           ? R"py(pcap["Destination"].astype(str) + " " + tcp["dport"])py"
                                           : R"py(tcp["dport"])py";
  return with(code::kSegments, {{"SOURCE", source},
                                {"DESTINATION", destination},
                                {"TIMES", file_.why_no_times.empty() ? ", ns=ns.loc[tcp.index]" : ""},
                                {"OPENS", is_capture_ ? code::kOpensInCapture : code::kOpensInCsv}});
}

std::string PandasFigures::preamble() const {
  std::string out = reading_lines(file_);
  if (trace_.size() == 0) return out;
  if (trace_.size() > 1 && why_no_times_.empty()) out += code::kPercentile;
  if (file_.has(Column::info)) {
    const bool tcp = why_no_tcp().empty();
    out += code::kInfo;
    if (tcp) out += code::kNotes;
    if (tcp && has_segments_) out += segments_lines();
    if (tcp && loss_.retransmissions > 0 && pairs_can_be_found()) {
      out += with(code::kNeedless,
                  {{"HOW", is_capture_ ? "noted as spurious, or reported as a duplicate later (D-SACK, RFC 2883)"
                                       : "acknowledged before, or reported as a duplicate later (D-SACK, RFC 2883)"}});
      if (has_segments_) out += is_capture_ ? code::kNeedlessInCapture : code::kNeedlessInCsv;
    }
    if (file_.has(Column::protocol) && why_no_times_.empty()) {
      out += code::kTail;
      if (tcp) out += code::kNotesInTail;
      if (tcp && has_segments_) out += code::kSegmentsInTail;
      out += code::kTailEnd;
    }
  }
  return out + "\npcap.head(10)";
}

/// Why the file does not have what a figure needs; empty when it has it.
std::string PandasFigures::why_lacking(Needs needs) const {
  const bool is_of_two = needs == Needs::gaps || needs == Needs::two_lengths;
  if (needs == Needs::nothing) return {};
  if (needs == Needs::tcp) return why_no_tcp();
  if (trace_.size() == 0) return "there is no packet.";
  if (is_of_two && trace_.size() == 1) return "it takes two packets.";
  if (needs == Needs::length || needs == Needs::two_lengths)
    return trace_.unknown.sizes.empty() ? file_.why_no_lengths : trace_.unknown.sizes;
  if (!why_no_times_.empty()) return why_no_times_;
  if (const std::string& unknown = needs == Needs::gaps ? trace_.unknown.gaps : trace_.unknown.span; !unknown.empty())
    return unknown;
  if (needs == Needs::new_data && !(file_.has(Column::info) && file_.has(Column::protocol)))
    return "this csv has not both Protocol and Info, which tell what carries new data.";
  return {};
}

PandasLines PandasFigures::lines(std::string_view name) const {
  if (name == "rtt_ms") return round_trip_lines();
  if (name == "handshake" && trace_.unknown.round_trips.empty())
    return round_trip_.method == RttMethod::handshake ? round_trip_lines() : none("there is no handshake to measure.");
  if (name == "needless") return needless_lines("len(needless)");
  if (name == "lost") return needless_lines("again.sum() - len(needless)");
  if (name == "data_rtt") return none(kNoDataRtt);
  const auto found =
      std::find_if(std::begin(code::kShort), std::end(code::kShort), [&](const auto& s) { return s.name == name; });
  if (found == std::end(code::kShort)) return {};
  if (const std::string why = why_lacking(found->needs); !why.empty()) return none(why);
  const bool linear = name == "iat_cdf" && !has_forward_step(trace_.columns);
  return {std::string(linear ? code::kGapCdfWithoutLogarithms : found->code), {}};
}

/// Whether the packet's row in the csv shows its segment's numbers.
bool PandasFigures::shows_numbers(PacketIndex i) const {
  if (i >= trace_.size() || (trace_.columns.flags(i) & dissect::kIsTcp) == 0) return false;
  return !is_capture_ || trace_.findings.protocols.text(trace_.columns.protocol(i)) == "TCP";
}

/// Whether the rows prove each needless retransmission as the trace does.
bool PandasFigures::pairs_can_be_found() const {
  if (loss_.copies > 0 || loss_.unmarked > 0) return false;
  return std::all_of(loss_.needless.begin(), loss_.needless.end(), [&](const NeedlessRetransmission& n) {
    if ((trace_.columns.notes(n.retransmission) & dissect::kSpuriousRetransmission) != 0) return true;
    return shows_numbers(n.retransmission) && shows_numbers(n.proof);
  });
}

PandasLines PandasFigures::needless_lines(std::string_view expression) const {
  if (const std::string why = why_no_tcp(); !why.empty()) return none(why);
  if (!pairs_can_be_found())
    return none(
        "the csv does not show here what proves a retransmission needless (the row of another protocol hides the "
        "segment's numbers, a packet was captured twice, or the snap length cut off a segment's options).");
  if (loss_.retransmissions + loss_.unmarked > 0) return {std::string(expression), {}};
  return {expression == "len(needless)" ? "0  # nothing was sent again" : "again.sum()", {}};
}

PandasLines PandasFigures::round_trip_lines() const {
  const trace::Unknown& unknown = trace_.unknown;
  if (!unknown.round_trips.empty()) return none(unknown.round_trips);
  if (!unknown.gaps.empty() && round_trip_.rtt_ms == std::optional(0.0)) return none(unknown.gaps);
  if (!why_no_times_.empty()) return none(why_no_times_);
  switch (round_trip_.method) {
    case RttMethod::handshake: return handshake_lines();
    case RttMethod::data: return none(kNoDataRtt);
    case RttMethod::quic: return none("a csv shows no ports of QUIC, so that it does not tell its connections apart.");
    case RttMethod::echo:
    case RttMethod::dns: return request_lines();
    case RttMethod::none: break;
  }
  return none(round_trip_.sentence);
}

PandasLines PandasFigures::handshake_lines() const {
  if (const std::string why = why_no_tcp(); !why.empty()) return none(why);
  const auto& conversations = trace_.findings.conversations;
  const auto client_of = [&](uint32_t c) { return trace_.columns.flow(conversations[c].syn) & 1; };
  const auto server_of = [&](uint32_t c) { return conversations[c].address[1 - client_of(c)]; };
  const auto is_accepted = [&](uint32_t c) {
    return analysis::asks_the_network(capture_point_, c, client_of(c)) == std::optional(false);
  };
  std::set<uint32_t> here;
  for (const analysis::Handshake& h : round_trip_.handshakes)
    if (h.captured_at_server) here.insert(server_of(h.conversation));
  for (uint32_t c = 0; c < conversations.size(); ++c) {
    const Conversation& known = conversations[c];
    if (known.syn >= trace_.size() || known.syn_ack >= trace_.size()) continue;
    if (is_accepted(c) != (here.count(server_of(c)) > 0))
      return none("of some connections of one host the capture was made at the client, of others at the server.");
    if (!shows_numbers(known.syn) || !shows_numbers(known.syn_ack) ||
        (is_accepted(c) && known.handshake_ack < trace_.size() && !shows_numbers(known.handshake_ack)))
      return none("the csv hides the numbers of a handshake, whose row another protocol fills.");
  }
  if (!here.empty() && !file_.has(Column::source)) return none("this csv has no column Source.");
  if (has_copied_handshake(trace_))
    return none("a packet of a handshake was captured twice: the csv does not tell it from one that was sent twice.");
  std::string lines(code::kHandshake);
  if (!here.empty()) lines += with(code::kHandshakeAtServer, {{"HERE", names_of(trace_, here)}});
  return {lines + "rtt.median() / 1e6", {}};
}

PandasLines PandasFigures::request_lines() const {
  for (const Column column : {Column::info, Column::source, Column::destination, Column::protocol})
    if (!file_.has(column)) return none("this csv has not all of Source, Destination, Protocol and Info.");
  const bool echo = round_trip_.method == RttMethod::echo;
  const analysis::RequestKind& kind = analysis::kRequestKinds[echo ? 0 : 2];
  const std::vector<bool> protocols = analysis::protocols_named(trace_, kind.protocol, kind.or_protocol);
  std::set<uint32_t> near, far;  // who asks
  for (PacketIndex i = 0; i < trace_.size(); ++i) {
    if (!protocols[trace_.columns.protocol(i)] || trace_.columns.row(i).link <= i + 1) continue;
    const uint32_t flow = trace_.columns.flow(i);
    const bool is_far = analysis::asks_the_network(capture_point_, flow >> 1, flow & 1) == std::optional(false);
    (is_far ? far : near).insert(trace_.conversation(i).address[flow & 1]);
  }
  for (const uint32_t address : far)
    if (near.count(address) > 0) return none("what one host asked was captured at its own end and at the other.");
  std::string is_request = echo ? R"py(kind == "request")py" : R"py(not kind.endswith("response"))py";
  if (!far.empty()) is_request += " and src not in [" + names_of(trace_, far) + "]";
  const std::string ask = "waiting[src, dst, number] = ns[row]";
  // What a capture shows again within five seconds is the same query, which waits since the first.
  const std::string once = "if ns[row] - waiting.get((src, dst, number), -np.inf) >= 5e9:\n            " + ask;
  return {std::string(echo ? code::kEcho : code::kDns) +
              with(code::kRequests, {{"IS_REQUEST", is_request}, {"ASK", echo || !is_capture_ ? ask : once}}),
          {}};
}

}  // namespace tracedrop::exporting

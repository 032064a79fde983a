#include "export/pandas_figures.h"

#include <algorithm>
#include <array>
#include <set>

#include "analysis/samples.h"
#include "base/text.h"

namespace tracedrop::exporting {

namespace {

using analysis::RttMethod;
using csv::Column;
using dissect::Conversation;
using dissect::kNoPacket;
using dissect::NeedlessRetransmission;
using trace::PacketIndex;
using trace::Selection;

// ---- shared lines ----

constexpr std::string_view kPercentile = R"py(
def percentile(values, p):
    """The p-th percentile by linear interpolation, in whole numbers: nothing is rounded before the end."""
    values = sorted(values.tolist())
    rank = Fraction(str(p)) * (len(values) - 1) / 100
    k = int(rank)
    above = values[min(k + 1, len(values) - 1)]
    return values[k] + (rank - k) * (above - values[k])
)py";

constexpr std::string_view kInfo = R"py(
info = pcap["Info"].fillna("").astype(str)
)py";

constexpr std::string_view kTcp = R"py(
# TCP: the notes at the head of Info, and the numbers behind them. (Rows of other protocols hide theirs.)
notes = info.str.extract(r"^\s*((?:\[[^\]]*\]\s*)*)", expand=False)
again = notes.str.contains(r"\[TCP (?:Fast |Spurious )?Retransmission\]")
tcp = info.str.extract(
    r"^\s*(?:\[[^\]]*\]\s*)*(?P<sport>[^\s\[]+)\s+(?:\S+\s+)?(?P<dport>[^\s\[]+)\s+\[(?P<flags>[^\]]+)\]"
    r"\s+Seq=(?P<seq>\d+)(?:\s+Ack=(?P<ack>\d+))?(?:.*?\sLen=(?P<len>\d+))?"
    r"(?:.*?\sSLE=(?P<left>\d+)\s+SRE=(?P<right>\d+))?(?:\s+SLE=(?P<left2>\d+)\s+SRE=(?P<right2>\d+))?"
).dropna(subset=["flags"])
tcp = tcp.astype({name: float for name in ["seq", "ack", "len", "left", "right", "left2", "right2"]})
tcp["len"] = tcp["len"].fillna(0)
tcp["syn"] = tcp["flags"].str.contains("SYN")
tcp["syn_ack"] = tcp["syn"] & tcp["flags"].str.contains("ACK")
tcp["counts"] = tcp["flags"].str.contains("SYN|FIN").astype(int)  # they take a sequence number
tcp = tcp.assign(row=tcp.index, ns=ns, again=again)
)py";

/// Of the preamble too: which connection a segment belongs to.
constexpr std::string_view kStreams = R"py(
# Connections: two ends and their ports; a SYN that is no repetition begins a new one.
tcp["src"] = SOURCE
tcp["dst"] = DESTINATION
tcp["stream"] = np.where(tcp["src"] < tcp["dst"], tcp["src"] + " " + tcp["dst"], tcp["dst"] + " " + tcp["src"])
opens = tcp["syn"] & ~tcp["syn_ack"] & ~notes.str.contains(r"\[TCP (?:Retransmission|Out-Of-Order)\]").loc[tcp.index]
tcp["stream"] += " " + opens.groupby(tcp["stream"]).cumsum().astype(str)
)py";

/// Which retransmissions were not needed. Of a capture the notes have all that an ACK proves; other programs' notes are
/// compared with the ACKs that the rows show.
constexpr std::string_view kNeedlessInCapture = R"py(
# Retransmissions that were not needed: noted as spurious, or reported as a duplicate later (D-SACK, RFC 2883).
needless = set(pcap.index[notes.str.contains("[TCP Spurious Retransmission]", regex=False)])
waiting = {}  # by connection and sender
for s in tcp[tcp["again"] | tcp["left"].notna()].itertuples():
    if s.right <= s.ack or s.left2 <= s.left and s.right <= s.right2:
        for sent in waiting.get((s.stream, s.dst), []):
            if sent.seq < s.right and s.left < sent.seq + sent.len + sent.counts:
                needless.add(sent.row)
                waiting[s.stream, s.dst].remove(sent)
                break
    if s.again and s.row not in needless:
        waiting.setdefault((s.stream, s.src), []).append(s)
)py";
constexpr std::string_view kNeedlessInCsv = R"py(
# Retransmissions that were not needed: acknowledged before, or reported as a duplicate later (D-SACK, RFC 2883).
needless = set(pcap.index[notes.str.contains("[TCP Spurious Retransmission]", regex=False)])
acked, waiting = {}, {}  # by connection and sender
for s in tcp.itertuples():
    here, there = (s.stream, s.src), (s.stream, s.dst)
    if s.right <= s.ack or s.left2 <= s.left and s.right <= s.right2:
        for sent in waiting.get(there, []):
            if s.left <= sent.seq and sent.seq + sent.len + sent.counts <= s.right:
                needless.add(sent.row)
                waiting[there].remove(sent)
                break
    acked[here] = max(acked.get(here, 0), s.ack)
    if s.again and s.len + s.counts > 0:
        if s.seq + s.len + s.counts <= acked.get(there, 0):
            needless.add(s.row)
        elif s.row not in needless:
            waiting.setdefault(here, []).append(s)
)py";

constexpr std::string_view kTail = R"py(
# The idle tail begins at the first gap of more than a second after the last packet with new data.
old = pcap["Protocol"] == "ARP"
old |= (pcap["Protocol"] == "ICMPv6") & info.str.contains(
    "^(?:Router|Neighbor) (?:Solicitation|Advertisement)|^Redirect")
)py";
constexpr std::string_view kTcpTail = R"py(
old |= again | notes.str.contains(r"\[TCP (?:Keep-Alive|ZeroWindowProbe)\]")
old[tcp.index[(tcp["len"] == 0) & ~tcp["syn"]]] = True
)py";
constexpr std::string_view kTailEnd = R"py(
idle = (ns.diff() > 1e9) & (pcap.index > pcap.index[~old].max())
active = pcap.index < (idle.idxmax() if idle.any() else len(pcap))
)py";

// ---- the figures' own lines ----

constexpr std::string_view kHandshake = R"py(syn = tcp[tcp["syn"] & ~tcp["syn_ack"]]
first = syn.drop_duplicates("stream").set_index("stream")
answer = tcp[tcp["syn_ack"]].drop_duplicates("stream").set_index("stream")
rtt = answer["ns"] - first["ns"]  # of each connection
twice = syn["stream"][syn["again"] & (syn["row"] < syn["stream"].map(answer["row"]))]
rtt = rtt[(rtt >= 0) & ~rtt.index.isin(twice)]  # Karn's rule: which SYN was answered?
)py";

constexpr std::string_view kHandshakeAtServer = R"py(
# What the capturing host accepts crosses the network from SYN/ACK to ACK.
accepted = answer[pcap.loc[answer["row"], "Source"].isin([HERE]).to_numpy()]
ack = tcp[~tcp["flags"].str.contains("SYN|FIN|RST") & tcp["stream"].isin(accepted.index)]
ack = ack[ack["seq"] == ack["stream"].map(first["seq"]) + 1]
ack = ack[ack["ack"] == ack["stream"].map(accepted["seq"]) + 1].drop_duplicates("stream").set_index("stream")
synack = tcp[tcp["syn_ack"]]
twice = synack["stream"][synack["again"] & (synack["row"] < synack["stream"].map(ack["row"]))]
there = (ack["ns"] - accepted["ns"])[answer["ns"] >= first["ns"]]
rtt = pd.concat([rtt.drop(accepted.index, errors="ignore"), there[(there >= 0) & ~there.index.isin(twice)]])
)py";

constexpr std::string_view kEcho =
    R"py(asked = info.str.extract(r"^Echo \(ping\) (request|reply)\s+(id=\w+, seq=\d+)").dropna())py";
constexpr std::string_view kDns =
    R"py(asked = info[pcap["Protocol"] == "DNS"].str.extract(r"^(.*?) (0x[0-9a-f]+)").dropna())py";

constexpr std::string_view kRequests = R"py(
open_requests, took = {}, []
for row, (kind, number) in asked.iterrows():
    src, dst = pcap.loc[row, ["Source", "Destination"]]
    if IS_REQUEST:
        ASK
    elif (dst, src, number) in open_requests:
        took.append(ns[row] - open_requests.pop((dst, src, number)))
took = pd.Series([t for t in took if t >= 0])
took.median() / 1e6)py";

constexpr std::string_view kSizeCdf = R"py(cdf = pcap["Length"].value_counts().sort_index().cumsum() / len(pcap)
cdf.plot(drawstyle="steps-post", xlabel="packet size (bytes)", ylabel="cumulative share of packets", ylim=(0, 1)))py";

/// A logarithmic axis has no zero.
constexpr std::string_view kGapCdf = R"py(cdf = gap.value_counts().sort_index().cumsum() / len(gap)
zeros = f"{(gap <= 0).sum()} of {len(gap)} are 0 or less, left of this axis: the curve begins above them"
cdf[cdf.index > 0].rename(lambda nanoseconds: nanoseconds / 1e9).plot(
    drawstyle="steps-post", logx=True, xlabel=f"interarrival time (s)\n{zeros}",
    ylabel="cumulative share of interarrival times", ylim=(0, 1)))py";
constexpr std::string_view kGapCdfWithoutLogarithms = R"py(cdf = gap.value_counts().sort_index().cumsum() / len(gap)
cdf.rename(lambda nanoseconds: nanoseconds / 1e9).plot(
    drawstyle="steps-post", xlabel="interarrival time (s)", ylabel="cumulative share of interarrival times",
    ylim=(0, 1)))py";

/// What else is one line or two. `needs`: what the file must have.
enum class Needs : uint8_t { nothing, times, two_times, length, two_lengths, tcp, new_data };
struct ShortLines {
  std::string_view name;
  Needs needs;
  std::string_view code;
};

constexpr ShortLines kShort[] = {
    {"packets", Needs::nothing, "len(pcap)"},
    {"total_time_s", Needs::times, "int(ns.max() - ns.min()) / 10**9"},
    {"active_time_s", Needs::new_data, "int(ns[active].max() - ns[active].min()) / 10**9"},
    {"idle_tail", Needs::new_data, "pcap[~active]"},
    {"retransmissions", Needs::tcp, "again.sum()"},
    {"fast", Needs::tcp, R"py(notes.str.contains("[TCP Fast Retransmission]", regex=False).sum())py"},
    {"spurious", Needs::tcp, R"py(notes.str.contains("[TCP Spurious Retransmission]", regex=False).sum())py"},
    {"timeout", Needs::tcp, R"py((again & ~notes.str.contains(r"\[TCP (?:Fast|Spurious) Retransmission\]")).sum())py"},
    {"out_of_order", Needs::tcp, R"py(notes.str.contains("[TCP Out-Of-Order]", regex=False).sum())py"},
    {"lost_segments", Needs::tcp, R"py(notes.str.contains(r"\[TCP Previous segment (?:not captured|lost)\]").sum())py"},
    {"acked_lost_segments", Needs::tcp, R"py(notes.str.contains(r"\[TCP ACKed (?:unseen|lost) segment\]").sum())py"},
    {"duplicate_acks", Needs::tcp, R"py(notes.str.contains("[TCP Dup ACK", regex=False).sum())py"},
    {"keep_alives", Needs::tcp, R"py(notes.str.contains("[TCP Keep-Alive]", regex=False).sum())py"},
    {"keep_alive_acks", Needs::tcp, R"py(notes.str.contains("[TCP Keep-Alive ACK]", regex=False).sum())py"},
    {"size_mean", Needs::length, R"py(pcap["Length"].mean())py"},
    {"size_median", Needs::length, R"py(pcap["Length"].median())py"},
    {"size_p90", Needs::length, R"py(pcap["Length"].quantile(0.9))py"},
    {"size_percentile", Needs::length, R"py(p = 90  # any percentile
np.percentile(pcap["Length"], p))py"},
    {"size_std", Needs::two_lengths, R"py(size, n = pcap["Length"], len(pcap)
sqrt((n * int((size**2).sum()) - int(size.sum())**2) / (n * (n - 1)))  # size.std(), without its rounding errors)py"},
    {"size_min", Needs::length, R"py(pcap["Length"].min())py"},
    {"size_max", Needs::length, R"py(pcap["Length"].max())py"},
    {"size_cdf", Needs::length, kSizeCdf},
    {"iat_mean_s", Needs::two_times, "int(gap.sum()) / (len(gap) * 10**9)"},
    {"iat_median_s", Needs::two_times, "float(percentile(gap, 50) / 10**9)"},
    {"iat_p90_s", Needs::two_times, "float(percentile(gap, 90) / 10**9)"},
    {"iat_percentile", Needs::two_times, "p = 90  # any percentile\nfloat(percentile(gap, p) / 10**9)"},
    {"iat_max_s", Needs::two_times, "int(gap.max()) / 10**9"},
    {"iat_zero", Needs::two_times, "(gap == 0).sum()"},
    {"iat_negative", Needs::two_times, "(gap < 0).sum()"},
};

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

PandasLines none(std::string why) { return {{}, std::move(why)}; }

}  // namespace

PandasFigures::PandasFigures(const trace::Trace& trace, const OpenFile& open)
    : trace_(trace),
      file_(pandas_file(trace, open)),
      is_capture_(open.layout == nullptr),
      has_times_(times_fit_the_csv()),
      capture_point_(trace),
      round_trip_(analysis::round_trip(trace, Selection::all(trace.size()), capture_point_)),
      loss_(analysis::loss(trace, Selection::all(trace.size()))) {}

/// The csv writes each time since the first packet with the decimals of its own interface.
bool PandasFigures::times_fit_the_csv() const {
  if (!is_capture_ || trace_.size() == 0) return true;
  constexpr std::array<int64_t, 10> kUnit{1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                          10'000,        1'000,       100,        10,        1};
  const int64_t first = trace_.columns.ts_ns(0);
  for (PacketIndex i = 0; i < trace_.size(); ++i) {
    const capture::Interface* interface = trace_.interface_of(i);
    const int digits = interface != nullptr ? interface->time_digits : trace_.time_digits;
    const int64_t unit = kUnit[static_cast<size_t>(std::clamp(digits, 0, 9))];
    if (unit > 1 && analysis::difference_ns(trace_.columns.ts_ns(i), first) % unit != 0) return false;
  }
  return true;
}

std::string PandasFigures::why_no_tcp() const {
  if (!file_.has(Column::info)) return "this csv has no column Info.";
  return loss_.known() ? "" : loss_.sentence;
}

std::string PandasFigures::preamble() const {
  std::string out = reading_lines(file_);
  out += "# (For a part of the trace, as selected on the page: part = ns <= 1e9; pcap, ns = pcap[part], ns[part])\n";
  if (trace_.size() > 1 && has_times_) out += kPercentile;
  if (file_.has(Column::info)) {
    out += kInfo;
    const bool tcp = why_no_tcp().empty();
    if (tcp) {
      out += kTcp;
      const std::string ends[2] = {
          file_.has(Column::source) ? R"(pcap["Source"].astype(str) + " " + tcp["sport"])" : R"(tcp["sport"])",
          file_.has(Column::destination) ? R"(pcap["Destination"].astype(str) + " " + tcp["dport"])"
                                         : R"(tcp["dport"])"};
      out += with(kStreams.substr(1), {{"SOURCE", ends[0]}, {"DESTINATION", ends[1]}});
      if (loss_.retransmissions > 0 && pairs_can_be_found()) out += is_capture_ ? kNeedlessInCapture : kNeedlessInCsv;
    }
    if (file_.has(Column::protocol) && has_times_) {
      out += kTail;
      if (tcp) out += kTcpTail.substr(1);
      out += kTailEnd.substr(1);
    }
  }
  return out + "\npcap.head(10)";
}

PandasLines PandasFigures::lines(std::string_view name) const {
  constexpr std::string_view kInexact =
      "the csv has fewer decimals than the capture: each interface writes its own number of them.";
  if (name == "handshake" && round_trip_.method != RttMethod::handshake)
    return none("there is no handshake to measure.");
  if (name == "rtt_ms" || name == "handshake") return has_times_ ? round_trip_lines() : none(std::string(kInexact));
  if (name == "needless") return needless_lines("len(needless)");
  if (name == "lost") return needless_lines("again.sum() - len(needless)");
  if (name == "iat_cdf") {
    if (!has_times_) return none(std::string(kInexact));
    if (trace_.size() < 2) return none("an interarrival time takes two packets.");
    for (PacketIndex i = 1; i < trace_.size(); ++i)
      if (trace_.columns.ts_ns(i) > trace_.columns.ts_ns(i - 1)) return {std::string(kGapCdf), {}};
    return {std::string(kGapCdfWithoutLogarithms), {}};
  }
  const auto found = std::find_if(std::begin(kShort), std::end(kShort), [&](const auto& s) { return s.name == name; });
  if (found == std::end(kShort)) return {};
  const uint32_t packets = trace_.size();
  switch (found->needs) {
    case Needs::nothing: break;
    case Needs::two_times:
      if (packets < 2) return none("an interarrival time takes two packets.");
      [[fallthrough]];
    case Needs::times:
      if (packets == 0) return none("there is no packet.");
      if (!has_times_) return none(std::string(kInexact));
      break;
    case Needs::two_lengths:
      if (packets < 2) return none("a standard deviation takes two packets.");
      [[fallthrough]];
    case Needs::length:
      if (packets == 0) return none("there is no packet.");
      if (!file_.has(Column::length)) return none("this csv has no column Length.");
      break;
    case Needs::tcp:
      if (std::string why = why_no_tcp(); !why.empty()) return none(std::move(why));
      break;
    case Needs::new_data:
      if (packets == 0) return none("there is no packet.");
      if (!has_times_) return none(std::string(kInexact));
      if (!file_.has(Column::info) || !file_.has(Column::protocol))
        return none("this csv has no columns Protocol and Info, which tell what carries new data.");
      break;
  }
  return {std::string(found->code), {}};
}

/// Whether the packet's row in the csv shows its segment's numbers.
bool PandasFigures::shows_numbers(PacketIndex i) const {
  if (i >= trace_.size() || (trace_.columns.flags(i) & dissect::kIsTcp) == 0) return false;
  return !is_capture_ || trace_.findings.protocols.text(trace_.columns.protocol(i)) == "TCP";
}

/// Whether the rows prove each needless retransmission as the trace does.
bool PandasFigures::pairs_can_be_found() const {
  if (loss_.lost + loss_.needless.size() != loss_.retransmissions) return false;
  return std::all_of(loss_.needless.begin(), loss_.needless.end(), [&](const NeedlessRetransmission& n) {
    if ((trace_.columns.notes(n.retransmission) & dissect::kSpuriousRetransmission) != 0) return true;
    return shows_numbers(n.retransmission) && shows_numbers(n.proof);
  });
}

PandasLines PandasFigures::needless_lines(std::string_view expression) const {
  if (std::string why = why_no_tcp(); !why.empty()) return none(std::move(why));
  if (!pairs_can_be_found())
    return none(
        "the csv does not show what proves a retransmission needless here (a row of another protocol hides the "
        "segment's numbers, or a packet was captured twice).");
  if (loss_.retransmissions > 0) return {std::string(expression), {}};
  return {expression == "len(needless)" ? "0  # of no retransmission" : "again.sum()  # none, so none is needless", {}};
}

PandasLines PandasFigures::round_trip_lines() const {
  switch (round_trip_.method) {
    case RttMethod::handshake: return handshake_lines();
    case RttMethod::data:
      return none(
          "a csv hides the numbers of segments whose rows another protocol fills, so that it does not tell which "
          "segment an acknowledgment answers.");
    case RttMethod::quic: return none("a csv shows no ports of QUIC, so that it does not tell connections apart.");
    case RttMethod::echo:
    case RttMethod::dns: return request_lines();
    case RttMethod::none: break;
  }
  return none(round_trip_.sentence);
}

PandasLines PandasFigures::handshake_lines() const {
  if (std::string why = why_no_tcp(); !why.empty()) return none(std::move(why));
  const auto& conversations = trace_.findings.conversations;
  const auto server_of = [&](uint32_t c) {
    return conversations[c].address[1 - (trace_.columns.flow(conversations[c].syn) & 1)];
  };
  const auto at_server = [&](uint32_t c) {
    return analysis::asks_the_network(capture_point_, c, trace_.columns.flow(conversations[c].syn) & 1) ==
           std::optional(false);
  };
  std::set<uint32_t> here;
  for (const analysis::Handshake& h : round_trip_.handshakes)
    if (h.captured_at_server) here.insert(server_of(h.conversation));
  for (uint32_t c = 0; c < conversations.size(); ++c) {
    const Conversation& known = conversations[c];
    if (known.syn >= trace_.size() || known.syn_ack >= trace_.size()) continue;
    if (at_server(c) != (here.count(server_of(c)) > 0))
      return none("some connections of one host were captured at their client, others at their server.");
    if (!shows_numbers(known.syn) || !shows_numbers(known.syn_ack) ||
        (at_server(c) && known.handshake_ack < trace_.size() && !shows_numbers(known.handshake_ack)))
      return none("the csv hides a handshake's numbers: another protocol fills its row.");
  }
  std::string code(kHandshake);
  if (!here.empty()) {
    code += with(kHandshakeAtServer, {{"HERE", names_of(trace_, here)}});
  }
  return {code + "rtt.median() / 1e6", {}};
}

PandasLines PandasFigures::request_lines() const {
  if (!file_.has(Column::info) || !file_.has(Column::source) || !file_.has(Column::destination) ||
      !file_.has(Column::protocol))
    return none("this csv has not all of the columns Source, Destination, Protocol and Info.");
  const bool echo = round_trip_.method == RttMethod::echo;
  std::set<uint32_t> far, near;  // who asks
  const analysis::RequestKind& kind = analysis::kRequestKinds[echo ? 0 : 2];
  const std::vector<bool> protocols = analysis::protocols_named(trace_, kind.protocol, kind.or_protocol);
  for (PacketIndex i = 0; i < trace_.size(); ++i) {
    if (!protocols[trace_.columns.protocol(i)] || trace_.columns.row(i).link <= i + 1) continue;
    const uint32_t flow = trace_.columns.flow(i);
    const bool asked_from_afar =
        analysis::asks_the_network(capture_point_, flow >> 1, flow & 1) == std::optional(false);
    (asked_from_afar ? far : near).insert(trace_.conversation(i).address[flow & 1]);
  }
  std::string is_request = echo ? R"(kind == "request")" : R"py(not kind.endswith("response"))py";
  if (!far.empty()) is_request += " and src not in [" + names_of(trace_, far) + "]";
  for (const uint32_t address : far)
    if (near.count(address) > 0)
      return none("some requests of one host were captured where it is, others where they arrive.");
  const std::string ask = "open_requests[src, dst, number] = ns[row]";
  // A query that a capture holds twice within five seconds was sent again: it waits since the first.
  const std::string ask_first =
      "if ns[row] - open_requests.get((src, dst, number), -np.inf) >= 5e9:\n            " + ask;
  return {std::string(echo ? kEcho : kDns) +
              with(kRequests, {{"IS_REQUEST", is_request}, {"ASK", echo || !is_capture_ ? ask : ask_first}}),
          {}};
}

}  // namespace tracedrop::exporting

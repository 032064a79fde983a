// The Python that students read beside the figures. Words in capitals are filled in for the open file
// (pandas_figures.cpp); what it begins with, pandas_file.cpp writes: the frame `pcap`, `ns` and `gap`.
#pragma once

#include <cstdint>
#include <string_view>

namespace tracedrop::exporting::code {

// ---- the preamble: what several figures share ----

inline constexpr std::string_view kPercentile = R"py(
def percentile(values, p):
    """The p-th percentile by linear interpolation, in whole numbers: nothing is rounded before the end."""
    values = sorted(values.tolist())
    rank = Fraction(str(p)) * (len(values) - 1) / 100
    k = int(rank)
    above = values[min(k + 1, len(values) - 1)]
    return values[k] + (rank - k) * (above - values[k])
)py";

inline constexpr std::string_view kInfo = R"py(
info = pcap["Info"].fillna("").astype(str)
)py";

inline constexpr std::string_view kNotes = R"py(
# TCP: Wireshark's notes, at the head of Info.
notes = info.str.extract(r"^\s*((?:\[[^\]]*\]\s*)*)", expand=False)
again = notes.str.contains(r"\[TCP (?:Fast |Spurious )?Retransmission\]")
)py";

inline constexpr std::string_view kSegments = R"py(
# The segments' numbers, behind the notes. (Rows of other protocols hide theirs.)
tcp = info.str.extract(
    r"^\s*(?:\[[^\]]*\]\s*)*(?P<sport>[^\s\[]+)\s+(?:\S+\s+)?(?P<dport>[^\s\[]+)\s+\[(?P<flags>[^\]]+)\]"
    r"\s+Seq=(?P<seq>\d+)(?:\s+Ack=(?P<ack>\d+))?(?:.*?\sLen=(?P<len>\d+))?"
    r"(?:.*?\sSLE=(?P<left>\d+)\s+SRE=(?P<right>\d+))?(?:\s+SLE=(?P<left2>\d+)\s+SRE=(?P<right2>\d+))?"
).dropna(subset=["flags"])
tcp = tcp.astype({name: float for name in ["seq", "ack", "len", "left", "right", "left2", "right2"]})
tcp["len"] = tcp["len"].fillna(0)
tcp["end"] = tcp["seq"] + tcp["len"] + tcp["flags"].str.contains("SYN|FIN")  # these take a number too
tcp["syn"] = tcp["flags"].str.contains("SYN")
tcp["syn_ack"] = tcp["syn"] & tcp["flags"].str.contains("ACK")
tcp = tcp.assign(row=tcp.index, again=again.loc[tcp.index]TIMES)

# Connections: two ends and their ports, which a SYN may use again.
tcp["src"] = SOURCE
tcp["dst"] = DESTINATION
tcp["stream"] = np.where(tcp["src"] < tcp["dst"], tcp["src"] + " " + tcp["dst"], tcp["dst"] + " " + tcp["src"])
opens = OPENS
tcp["stream"] += " " + opens.groupby(tcp["stream"]).cumsum().astype(str)
)py";

/// A capture's notes tell each time that ports are used again; of a csv, any SYN that is no repetition begins anew.
inline constexpr std::string_view kOpensInCapture =
    R"py(tcp["syn"] & notes.loc[tcp.index].str.contains("[TCP Port numbers reused]", regex=False))py";
inline constexpr std::string_view kOpensInCsv =
    R"py(tcp["syn"] & ~tcp["syn_ack"] & ~notes.loc[tcp.index].str.contains("Retransmission|Out-Of-Order"))py";

inline constexpr std::string_view kNeedless = R"py(
# Retransmissions that were not needed: HOW.
needless = set(pcap.index[notes.str.contains("[TCP Spurious Retransmission]", regex=False)])
)py";

/// Of a capture the notes have all that an ACK proves.
inline constexpr std::string_view kNeedlessInCapture = R"py(
def upto(a, b):
    """a <= b of sequence numbers, which start again at 2**32."""
    return (b - a) % 2**32 < 2**31

waiting = {}  # by connection and sender
for s in tcp[tcp["again"] | tcp["left"].notna()].itertuples():
    if upto(s.right, s.ack) or upto(s.left2, s.left) and upto(s.right, s.right2):
        for sent in waiting.get((s.stream, s.dst), []):
            if not upto(s.right, sent.seq) and not upto(sent.seq + sent.len, s.left):
                needless.add(sent.row)
                waiting[s.stream, s.dst].remove(sent)
                break
    if s.again and s.row not in needless:
        waiting.setdefault((s.stream, s.src), []).append(s)
)py";

/// Other programs' notes are compared with the ACKs that the rows show.
inline constexpr std::string_view kNeedlessInCsv = R"py(
def upto(a, b):
    """a <= b of sequence numbers, which start again at 2**32."""
    return (b - a) % 2**32 < 2**31

acked, waiting = {}, {}  # by connection and sender
for s in tcp.itertuples():
    here, there = (s.stream, s.src), (s.stream, s.dst)
    if upto(s.right, s.ack) or upto(s.left2, s.left) and upto(s.right, s.right2):
        for sent in waiting.get(there, []):
            if upto(s.left, sent.seq) and upto(sent.end, s.right):
                needless.add(sent.row)
                waiting[there].remove(sent)
                break
    if s.ack >= 0 and not (here in acked and upto(s.ack, acked[here])):
        acked[here] = s.ack
    if s.again and s.end > s.seq:
        if there in acked and upto(s.end, acked[there]):
            needless.add(s.row)
        elif s.row not in needless:
            waiting.setdefault(here, []).append(s)
)py";

inline constexpr std::string_view kTail = R"py(
# The idle tail begins at the first gap of more than a second after the last packet with new data.
old = pcap["Protocol"] == "ARP"
old |= (pcap["Protocol"] == "ICMPv6") & info.str.contains(
    "^(?:Router|Neighbor) (?:Solicitation|Advertisement)|^Redirect")
)py";
inline constexpr std::string_view kNotesInTail =
    R"py(old |= again | notes.str.contains(r"\[TCP (?:Keep-Alive|ZeroWindowProbe)\]")
)py";
inline constexpr std::string_view kSegmentsInTail = R"py(old[tcp.index[(tcp["len"] == 0) & ~tcp["syn"]]] = True
)py";
inline constexpr std::string_view kTailEnd = R"py(idle = (ns.diff() > 1e9) & (pcap.index > pcap.index[~old].max())
active = pcap.index < (idle.idxmax() if idle.any() else pcap.index[-1] + 1)
)py";

// ---- the figures' own lines ----

inline constexpr std::string_view kHandshake = R"py(syn = tcp[tcp["syn"] & ~tcp["syn_ack"]]
answer = tcp[tcp["syn_ack"]].drop_duplicates("stream").set_index("stream")
shake = syn.drop_duplicates("stream").set_index("stream").join(answer, rsuffix="_answer", how="inner")
shake = shake[shake["ns_answer"] >= shake["ns"]]
twice = syn["stream"][syn["again"] & (syn["row"] < syn["stream"].map(answer["row"]))]
rtt = (shake["ns_answer"] - shake["ns"])[~shake.index.isin(twice)]  # Karn's rule: which SYN was answered?
)py";

inline constexpr std::string_view kHandshakeAtServer = R"py(
# What the capturing host accepted crossed the network from SYN/ACK to ACK.
accepted = shake[pcap.loc[shake["row_answer"], "Source"].isin([HERE]).to_numpy()]
ack = tcp[~tcp["flags"].str.contains("SYN|FIN|RST") & tcp["stream"].isin(accepted.index)]
ack = ack[ack["seq"] == ack["stream"].map(accepted["seq"]) + 1]
ack = ack[ack["ack"] == ack["stream"].map(accepted["seq_answer"]) + 1].drop_duplicates("stream").set_index("stream")
syn_ack = tcp[tcp["syn_ack"]]
twice = syn_ack["stream"][syn_ack["again"] & (syn_ack["row"] < syn_ack["stream"].map(ack["row"]))]
there = accepted.join(ack, rsuffix="_ack", how="inner")
there = (there["ns_ack"] - there["ns_answer"])[~there.index.isin(twice)]
rtt = pd.concat([rtt.drop(accepted.index, errors="ignore"), there[there >= 0]])
)py";

inline constexpr std::string_view kEcho =
    R"py(asked = info.str.extract(r"^Echo \(ping\) (request|reply)\s+(id=\w+, seq=\d+)").dropna())py";
inline constexpr std::string_view kDns =
    R"py(asked = info[pcap["Protocol"] == "DNS"].str.extract(r"^(.*?) (0x[0-9a-f]+)").dropna())py";
inline constexpr std::string_view kRequests = R"py(
waiting, took = {}, []
for row, (kind, number) in asked.iterrows():
    src, dst = pcap.loc[row, ["Source", "Destination"]]
    if IS_REQUEST:
        ASK
    elif (dst, src, number) in waiting:
        took.append(ns[row] - waiting.pop((dst, src, number)))
pd.Series([t for t in took if t >= 0]).median() / 1e6)py";

inline constexpr std::string_view kSizeCdf =
    R"py(cdf = pcap["Length"].value_counts().sort_index().cumsum() / len(pcap)
cdf.plot(drawstyle="steps-post", xlabel="packet size (bytes)", ylabel="cumulative share of packets", ylim=(0, 1)))py";

/// A logarithmic axis has no zero.
inline constexpr std::string_view kGapCdf = R"py(cdf = gap.value_counts().sort_index().cumsum() / len(gap)
zeros = f"{(gap <= 0).sum()} of {len(gap)} are 0 or less, left of this axis: the curve begins above them"
cdf[cdf.index > 0].rename(lambda ns: int(ns) / 10**9).plot(
    drawstyle="steps-post", logx=True, xlabel=f"interarrival time (s)\n{zeros}",
    ylabel="cumulative share of interarrival times", ylim=(0, 1)))py";
inline constexpr std::string_view kGapCdfWithoutLogarithms =
    R"py(cdf = gap.value_counts().sort_index().cumsum() / len(gap)
cdf.rename(lambda ns: int(ns) / 10**9).plot(
    drawstyle="steps-post", xlabel="interarrival time (s)", ylabel="cumulative share of interarrival times",
    ylim=(0, 1)))py";

/// What else is a line or two. `needs`: what the file must have.
enum class Needs : uint8_t { nothing, span, gaps, length, two_lengths, tcp, new_data };
struct ShortLines {
  std::string_view name;
  Needs needs;
  std::string_view code;
};

inline constexpr ShortLines kShort[] = {
    {"packets", Needs::nothing, "len(pcap)"},
    {"total_time_s", Needs::span, "int(ns.max() - ns.min()) / 10**9"},
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
    {"size_percentile", Needs::length, "p = 90  # any percentile\nnp.percentile(pcap[\"Length\"], p)"},
    {"size_std", Needs::two_lengths, R"py(size, n = pcap["Length"], len(pcap)
sqrt((n * int((size**2).sum()) - int(size.sum())**2) / (n * (n - 1)))  # size.std(), without its rounding errors)py"},
    {"size_min", Needs::length, R"py(pcap["Length"].min())py"},
    {"size_max", Needs::length, R"py(pcap["Length"].max())py"},
    {"size_cdf", Needs::length, kSizeCdf},
    {"iat_mean_s", Needs::gaps, "int(gap.sum()) / (len(gap) * 10**9)"},
    {"iat_median_s", Needs::gaps, "float(percentile(gap, 50) / 10**9)"},
    {"iat_p90_s", Needs::gaps, "float(percentile(gap, 90) / 10**9)"},
    {"iat_percentile", Needs::gaps, "p = 90  # any percentile\nfloat(percentile(gap, p) / 10**9)"},
    {"iat_max_s", Needs::gaps, "int(gap.max()) / 10**9"},
    {"iat_zero", Needs::gaps, "(gap == 0).sum()"},
    {"iat_negative", Needs::gaps, "(gap < 0).sum()"},
    {"iat_cdf", Needs::gaps, kGapCdf},
};

}  // namespace tracedrop::exporting::code
